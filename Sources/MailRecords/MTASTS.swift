// MTA-STS (RFC 8461): the TXT record that says that there is a policy, and which; and the policy,
// a file that the web host of the domain serves.

/// The TXT record at `_mta-sts` (RFC 8461 section 3.1).
package struct MTASTSRecord: Hashable, Sendable {
  /// The name of the record, relative to the domain.
  package static let owner = "_mta-sts"

  /// 1 to 32 letters and digits, another one for each policy.
  package let id: String

  /// Nil where the id is not 1 to 32 letters and digits of ASCII.
  package init?(id: String) {
    guard (1...32).contains(id.utf8.count), id.utf8.allSatisfy(\.isSTSAlphanumeric) else {
      return nil
    }
    self.id = id
  }

  /// The record whose id is a digest of the policy as it is served, so that each policy has one of
  /// its own, and the same policy always the same one.
  package init(of policy: MTASTSPolicy) { id = policy.digest }

  /// Nil where the text is no record of MTA-STS, or has no id as it must be.
  package init?(parsing text: String) {
    guard Self.isMTASTS(text) else { return nil }
    for part in text.utf8.split(separator: 0x3B).dropFirst() {
      let field = part.trimmingSTSBlanks
      guard field.starts(with: "id=".utf8) else { continue }
      self.init(id: String(decoding: field.dropFirst(3), as: UTF8.self))
      return
    }
    return nil
  }

  /// Whether senders take the text for a record of MTA-STS, sound or not.
  package static func isMTASTS(_ text: String) -> Bool {
    guard let version = text.utf8.split(separator: 0x3B, omittingEmptySubsequences: false).first
    else { return false }
    return version.trimmingTrailingSTSBlanks.elementsEqual("v=STSv1".utf8)
  }
}

extension MTASTSRecord: CustomStringConvertible {
  package var description: String { "v=STSv1; id=\(id);" }
}

/// Why a file is no policy of MTA-STS.
package enum MTASTSPolicyError: Error, Hashable, Sendable {
  /// More than 64 KB (RFC 8461 section 3.3).
  case tooLong
  case notText
  /// A line, counted from 1, without a colon or with something that is no field's name.
  case notAField(line: Int)
  /// `version` is not there, or is not `STSv1`.
  case version
  /// `mode` is not there, or is none of the three words.
  case mode
  /// `max_age` is not there, or is no number of 0 to 31557600.
  case maximumAge
  /// The value of an `mx` is no host name, with or without `*.` before it.
  case pattern(line: Int)
  /// No `mx`, although the mode is not `none`.
  case noPattern
}

/// The policy of a domain (RFC 8461 section 3.2): which hosts its MX may name, with TLS and a
/// certificate that holds.
package struct MTASTSPolicy: Hashable, Sendable {
  /// The longest time for which senders keep a policy, in seconds.
  package static let longestAge = 31_557_600
  /// The longest file, in bytes (RFC 8461 section 3.3).
  package static let largestFile = 65_536

  package let mode: Mode
  /// How many seconds senders keep the policy, 0 to `longestAge`.
  package let maximumAge: Int
  /// In the order of writing, each once.
  package let patterns: [Pattern]

  package enum Mode: String, CaseIterable, Sendable {
    /// Failures are reported, and mail is delivered.
    case testing
    /// Mail is not delivered to a host that fails.
    case enforce
    /// There is no policy any more.
    case none
  }

  /// A host, or all hosts with one label before a domain.
  package struct Pattern: Hashable, Sendable {
    package let domain: DomainName
    package let isWildcard: Bool

    package init(_ domain: DomainName, isWildcard: Bool = false) {
      self.domain = domain
      self.isWildcard = isWildcard
    }

    /// `*.` stands for exactly one label (RFC 8461 section 4.1).
    package func covers(_ host: DomainName) -> Bool {
      guard isWildcard else { return host == domain }
      guard let stop = host.ascii.utf8.firstIndex(of: 0x2E) else { return false }
      return host.ascii.utf8[stop...].dropFirst().elementsEqual(domain.ascii.utf8)
    }
  }

  /// - Parameter maximumAge: in seconds; the nearest that can be is taken.
  package init(mode: Mode, maximumAge: Int, patterns: [Pattern]) {
    self.mode = mode
    self.maximumAge = min(max(maximumAge, 0), Self.longestAge)
    var seen: Set<Pattern> = []
    self.patterns = patterns.filter { seen.insert($0).inserted }
  }

  /// Whether a host that the MX names passes.
  package func covers(_ host: DomainName) -> Bool { patterns.contains { $0.covers(host) } }
}

extension MTASTSPolicy {
  /// Reads a policy as it is served. Of a field that is there twice the first counts, and fields
  /// that nobody knows are passed over (RFC 8461 section 3.2); lines may end in LF alone.
  package init(parsing bytes: some Collection<UInt8>) throws(MTASTSPolicyError) {
    guard bytes.count <= Self.largestFile else { throw .tooLong }
    var content = ArraySlice(bytes)
    // What editors put first.
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    guard content.allSatisfy({ $0 != 0 }) else { throw .notText }
    var first: [String: String] = [:]
    var patterns: [Pattern] = []
    let lines = content.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, raw) in lines.enumerated() {
      let line = raw.trimmingSTSBlanks
      if line.isEmpty { continue }
      guard let colon = line.firstIndex(of: 0x3A) else { throw .notAField(line: index + 1) }
      let name = line[..<colon].trimmingTrailingSTSBlanks
      guard !name.isEmpty, name.allSatisfy(\.isSTSFieldName) else {
        throw .notAField(line: index + 1)
      }
      let value = String(decoding: line[colon...].dropFirst().trimmingSTSBlanks, as: UTF8.self)
      let key = String(decoding: name, as: UTF8.self)
      if key == "mx" {
        guard let pattern = Pattern(parsing: value) else { throw .pattern(line: index + 1) }
        patterns.append(pattern)
      } else if first[key] == nil {
        first[key] = value
      }
    }
    guard first["version"] == "STSv1" else { throw .version }
    guard let mode = first["mode"].flatMap(Mode.init) else { throw .mode }
    guard let age = first["max_age"], (1...10).contains(age.utf8.count),
      age.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int(age),
      seconds <= Self.longestAge
    else { throw .maximumAge }
    guard mode == .none || !patterns.isEmpty else { throw .noPattern }
    self.init(mode: mode, maximumAge: seconds, patterns: patterns)
  }

  /// The lines of the file, without their ends.
  package var lines: [String] {
    ["version: STSv1", "mode: \(mode.rawValue)"] + patterns.map { "mx: \($0)" }
      + ["max_age: \(maximumAge)"]
  }

  /// FNV-1a with 64 bits of the policy as it is served, in 16 hexadecimal digits.
  fileprivate var digest: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in description.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The file as it is served: each line ends in CRLF (RFC 8461 section 3.2).
extension MTASTSPolicy: CustomStringConvertible {
  package var description: String { lines.map { $0 + "\r\n" }.joined() }
}

extension MTASTSPolicy.Pattern: CustomStringConvertible {
  package init?(parsing text: String) {
    let isWildcard = text.hasPrefix("*.")
    // Names are compared without their case, and a full stop at the end says nothing more.
    var name = isWildcard ? text.dropFirst(2) : text[...]
    if name.hasSuffix(".") { name.removeLast() }
    guard let domain = try? DomainName(parsing: String(name)) else { return nil }
    self.init(domain, isWildcard: isWildcard)
  }

  package var description: String { (isWildcard ? "*." : "") + domain.ascii }
}

extension Collection<UInt8> where SubSequence: BidirectionalCollection {
  /// Without blanks, tabs and CR at both ends.
  fileprivate var trimmingSTSBlanks: SubSequence.SubSequence {
    drop(while: \.isSTSBlank).trimmingTrailingSTSBlanks
  }
}

extension BidirectionalCollection<UInt8> {
  /// Without blanks, tabs and CR at the end.
  fileprivate var trimmingTrailingSTSBlanks: SubSequence {
    var end = endIndex
    while end > startIndex, self[index(before: end)].isSTSBlank { end = index(before: end) }
    return self[..<end]
  }
}

extension UInt8 {
  fileprivate var isSTSBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }

  fileprivate var isSTSAlphanumeric: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  /// A byte of a field's name: letters, digits, `_`, `-` and `.` (RFC 8461 section 3.2).
  fileprivate var isSTSFieldName: Bool {
    isSTSAlphanumeric || self == 0x5F || self == 0x2D || self == 0x2E
  }
}

// The field's own types, pure: names, addresses and networks here; SPF, DKIM, DMARC and TLS
// reporting in files of their own; record sets and zones in RecordSet.swift and ZoneContents.swift.
// Nothing in this room knows a file, a clock or the network.

/// Why a text is not a mail domain or host name.
package enum DomainNameError: Error, Hashable, Sendable {
  case empty
  /// A name of one label only, such as `localhost`.
  case singleLabel
  /// Two dots in a row, or one at the start.
  case emptyLabel
  /// The label as it was written, or its A-label where that is what is too long.
  case labelTooLong(String)
  /// More than 253 characters as A-labels.
  case nameTooLong
  case badCharacter(Unicode.Scalar)
  case hyphenAtEdge(String)
  /// The last label is all digits, as in an IPv4 address.
  case isAddress
  case trailingDot
  /// What libidn2 says about a label that is not valid by IDNA2008.
  case idna(String)
  /// The label, in letters as people see it, whose letters are of scripts that pass for each other.
  case mixedScripts(String)
}

/// A mail domain or host name: at least two LDH labels (RFC 1123 §2.1), as lower-case A-labels,
/// without a trailing dot.
package struct DomainName: Hashable, Sendable {
  /// The longest name in characters (255 octets on the wire, RFC 1035 §2.3.4).
  package static let maximumLength = 253
  package static let maximumLabelLength = 63

  /// Lower-case A-labels, without a trailing dot.
  package let ascii: String

  /// For names known to be valid.
  init(trusted ascii: String) { self.ascii = ascii }

  /// Reads a name as people write it; labels beyond ASCII become A-labels by IDNA2008.
  package init(parsing text: String) throws(DomainNameError) {
    var text = text
    let plain = text.withUTF8Span { Self.isPlain($0) }
    if plain {
      ascii = text
    } else {
      ascii = try Self.normalize(text)
      if let label = mixedLabel { throw .mixedScripts(label) }
    }
  }

  /// The hot path: nil where the bytes are anything but lower-case LDH labels without `xn--`, so
  /// that the caller falls back to `init(parsing:)`, which knows why.
  package init?(validatedLowercaseASCII bytes: borrowing Span<UInt8>) {
    guard Self.isPlain(bytes), let text = String(plainASCII: bytes) else { return nil }
    ascii = text
  }

  /// The name with U-labels, for people.
  package var unicode: String {
    guard isInternationalized else { return ascii }
    return ascii.split(separator: ".", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("xn--") ? IDNA.unicodeLabel(String($0)) : String($0) }
      .joined(separator: ".")
  }

  /// Whether any label is an A-label.
  package var isInternationalized: Bool {
    ascii.utf8.count > 4
      && ascii.split(separator: ".", omittingEmptySubsequences: false)
        .contains { $0.hasPrefix("xn--") }
  }

  package func isEqualOrSubdomain(of other: DomainName) -> Bool {
    if ascii == other.ascii { return true }
    let name = ascii.utf8
    let suffix = other.ascii.utf8
    guard name.count > suffix.count else { return false }
    let start = name.index(name.endIndex, offsetBy: -suffix.count)
    return name[name.index(before: start)] == UInt8(ascii: ".")
      && name[start...].elementsEqual(suffix)
  }

  /// One pass over the bytes: lower-case LDH labels, no A-label, at least two, the last one not
  /// all digits.
  static func isPlain(_ bytes: borrowing Span<UInt8>) -> Bool {
    isPlain(bytes, from: 0)
  }

  static func isPlain(_ bytes: borrowing Span<UInt8>, from start: Int) -> Bool {
    let count = bytes.count
    guard count - start >= 3, count - start <= maximumLength else { return false }
    var labelStart = start
    var labels = 1
    var digitsOnly = true
    var index = start
    while index < count {
      let byte = bytes[index]
      switch byte {
      case 0x61...0x7A: digitsOnly = false
      case 0x30...0x39: break
      case 0x2D:
        guard index != labelStart else { return false }
        digitsOnly = false
        if index == labelStart + 3, bytes[index - 1] == 0x2D, bytes[index - 2] == 0x6E,
          bytes[index - 3] == 0x78
        {
          return false
        }
      case 0x2E:
        guard index > labelStart, index - labelStart <= maximumLabelLength,
          bytes[index - 1] != 0x2D
        else { return false }
        labelStart = index + 1
        labels += 1
        digitsOnly = true
      default: return false
      }
      index += 1
    }
    return labels >= 2 && count > labelStart && count - labelStart <= maximumLabelLength
      && bytes[count - 1] != 0x2D && !digitsOnly
  }

  private static func normalize(_ text: String) throws(DomainNameError) -> String {
    guard !text.isEmpty else { throw .empty }
    for scalar in text.unicodeScalars where scalar.isASCII && !scalar.isLDH && scalar != "." {
      throw .badCharacter(scalar)
    }
    // A cheap bound before any work that depends on the length.
    guard text.utf8.count <= 4 * maximumLength else { throw .nameTooLong }
    guard text != "." else { throw .emptyLabel }
    guard text.utf8.last != UInt8(ascii: ".") else { throw .trailingDot }
    var labels: [String] = []
    for label in text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false) {
      labels.append(try normalize(label: String(String.UnicodeScalarView(label))))
    }
    if labels[labels.count - 1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      throw .isAddress
    }
    guard labels.count >= 2 else { throw .singleLabel }
    let name = labels.joined(separator: ".")
    guard name.utf8.count <= maximumLength else { throw .nameTooLong }
    return name
  }

  private static func normalize(label: String) throws(DomainNameError) -> String {
    guard !label.isEmpty else { throw .emptyLabel }
    if label.utf8.first == 0x2D || label.utf8.last == 0x2D { throw .hyphenAtEdge(label) }
    let lower = label.lowercased()
    let isASCII = lower.utf8.allSatisfy { $0 < 0x80 }
    if isASCII {
      guard lower.utf8.count <= maximumLabelLength else { throw .labelTooLong(label) }
      guard lower.hasPrefix("xn--") else { return lower }
    }
    let result = try IDNA.asciiLabel(lower)
    guard result.utf8.count <= maximumLabelLength else { throw .labelTooLong(label) }
    // libidn2 leaves ASCII alone; a label that normalizes to other ASCII is judged again.
    for scalar in result.unicodeScalars where !scalar.isLDH { throw .badCharacter(scalar) }
    if result.utf8.isEmpty { throw .emptyLabel }
    if result.utf8.first == 0x2D || result.utf8.last == 0x2D { throw .hyphenAtEdge(label) }
    return result
  }
}

extension DomainName: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.ascii < right.ascii }
}

extension DomainName: CustomStringConvertible {
  package var description: String { ascii }
}

extension Unicode.Scalar {
  /// A letter, digit or hyphen of ASCII.
  var isLDH: Bool {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
    default: false
    }
  }
}

extension String {
  /// Runs `body` over the text's UTF-8.
  mutating func withUTF8Span<Result>(_ body: (borrowing Span<UInt8>) -> Result) -> Result {
    body(utf8Span.span)
  }

  /// A copy of bytes that are known to be ASCII.
  init?(plainASCII bytes: borrowing Span<UInt8>) {
    guard let checked = try? UTF8Span(validating: copy bytes) else { return nil }
    self.init(copying: checked)
  }
}

package import MailRecords
package import Procedure

/// A server to ask.
package struct DNSServer: Hashable, Sendable {
  package let address: IPAddress
  package let port: UInt16
  /// As the zone's NS names it; nil where it was given by its address.
  package let name: String?

  package static let usualPort: UInt16 = 53

  package init(address: IPAddress, port: UInt16 = usualPort, name: String? = nil) {
    self.address = address
    self.port = port
    self.name = name
  }

  /// Reads `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`.
  package init?(parsing text: String) {
    var host = text[...]
    var port = Self.usualPort
    if host.first == "[" {
      guard let end = host.firstIndex(of: "]") else { return nil }
      let rest = host[host.index(after: end)...]
      host = host[host.index(after: host.startIndex)..<end]
      guard host.contains(":") else { return nil }
      if !rest.isEmpty {
        guard rest.first == ":", let number = Self.port(rest.dropFirst()) else { return nil }
        port = number
      }
    } else if let colon = host.firstIndex(of: ":"), colon == host.lastIndex(of: ":") {
      guard let number = Self.port(host[host.index(after: colon)...]) else { return nil }
      port = number
      host = host[..<colon]
    }
    guard let address = IPAddress(parsing: String(host)) else { return nil }
    self.init(address: address, port: port)
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = UInt16(text), number > 0
    else { return nil }
    return number
  }

  /// The name servers of a `resolv.conf`, at most three, as the C library takes them.
  package static func resolvers(in text: String) -> [DNSServer] {
    var servers: [DNSServer] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.count >= 2, words[0] == "nameserver",
        let address = IPAddress(parsing: String(words[1]))
      else { continue }
      servers.append(DNSServer(address: address))
    }
    return Array(servers.prefix(3))
  }
}

extension DNSServer: CustomStringConvertible {
  /// The address, with the port where it is not the usual one, after the name if it has one.
  package var description: String {
    let host = address.isIPv4 ? address.description : "[\(address)]"
    let place = port == Self.usualPort ? address.description : "\(host):\(port)"
    return name.map { "\($0) (\(place))" } ?? place
  }
}

/// What one server said to a question.
package struct DNSServerReply: Sendable {
  package let server: DNSServer
  package let result: Result

  package enum Result: Hashable, Sendable {
    case outcome(RecordedAnswer.Outcome)
    case alias(RecordedAnswer.Alias)
    /// The response code, such as 2 for SERVFAIL and 5 for REFUSED.
    case refusal(Int)
    /// It does not know the zone itself.
    case notAuthoritative
    /// Several aliases at one name.
    case malformed
    /// Nothing that is an answer came in time.
    case silence
    case unreachable
    /// It was not asked: it had been silent before, or the run has come to its limits.
    case notAsked

    /// Whether it is an answer that can be used.
    package var isUsable: Bool {
      switch self {
      case .outcome, .alias: true
      default: false
      }
    }
  }
}

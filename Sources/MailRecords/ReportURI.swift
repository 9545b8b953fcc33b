/// Why a text is not a place for reports.
package enum ReportURIError: Error, Hashable, Sendable {
  case empty
  /// Neither `mailto:` nor `https://`; an address alone needs `mailto:`.
  case scheme
  case address(EmailAddressError)
  case host(DomainNameError)
  case badCharacter(Unicode.Scalar)
  /// A `%` without two hexadecimal digits after it.
  case badEscape
  /// The suffix `!10m`, which RFC 9989 took away.
  case sizeLimit
}

/// Where reports are sent: a mail address or a web address.
package enum ReportURI: Hashable, Sendable {
  case mail(EmailAddress)
  /// What comes after the host begins with `:`, `/`, `?`, or is empty; `,` `!` and `;` are escaped.
  case web(host: DomainName, rest: String)

  package init(parsing text: String) throws(ReportURIError) {
    guard !text.isEmpty else { throw .empty }
    let lower = text.lowercased()
    if lower.hasPrefix("mailto:") {
      self = .mail(try Self.address(text.dropFirst(7)))
    } else if lower.hasPrefix("https://") {
      self = try Self.web(text.dropFirst(8))
    } else {
      throw .scheme
    }
  }

  package var mailAddress: EmailAddress? {
    if case .mail(let address) = self { address } else { nil }
  }

  /// The domain that takes the reports.
  package var domain: DomainName {
    switch self {
    case .mail(let address): address.domain
    case .web(let host, _): host
    }
  }

  private static func address(_ text: Substring) throws(ReportURIError) -> EmailAddress {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      if source[index] == 0x25 {
        guard index + 2 < source.count, let high = source[index + 1].hexadecimal,
          let low = source[index + 2].hexadecimal
        else { throw .badEscape }
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    let decoded = String(decoding: bytes, as: UTF8.self)
    do {
      return try EmailAddress(parsing: decoded)
    } catch {
      if case .domain(.badCharacter("!")) = error { throw .sizeLimit }
      throw .address(error)
    }
  }

  private static func web(_ text: Substring) throws(ReportURIError) -> ReportURI {
    let end = text.firstIndex { $0 == "/" || $0 == ":" || $0 == "?" } ?? text.endIndex
    let host: DomainName
    do {
      host = try DomainName(parsing: String(text[..<end]))
    } catch {
      throw .host(error)
    }
    var rest = ""
    for scalar in text[end...].unicodeScalars {
      guard (0x21...0x7E).contains(scalar.value), scalar != "\"", scalar != "\\", scalar != "#",
        scalar != "<", scalar != ">"
      else { throw .badCharacter(scalar) }
      rest += Self.escaped(scalar, "!,;")
    }
    return .web(host: host, rest: rest)
  }

  /// The scalar, or its percent escape where it is one of `special`.
  private static func escaped(_ scalar: Unicode.Scalar, _ special: String) -> String {
    guard special.unicodeScalars.contains(scalar) else { return String(scalar) }
    let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
    return hexadecimal.utf8.count == 1 ? "%0" + hexadecimal : "%" + hexadecimal
  }
}

extension ReportURI: CustomStringConvertible {
  /// The URI as records have it: `,` and `!` are percent-encoded (RFC 9989), and so is what
  /// RFC 6068 keeps for itself.
  package var description: String {
    switch self {
    case .mail(let address):
      "mailto:"
        + address.localPart.unicodeScalars.map { Self.escaped($0, "!,;%/?#[]&=^`{|}") }.joined()
        + "@" + address.domain.ascii
    case .web(let host, let rest): "https://" + host.ascii + rest
    }
  }
}

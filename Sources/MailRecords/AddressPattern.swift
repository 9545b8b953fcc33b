/// Why a text is not a pattern of addresses.
package enum AddressPatternError: Error, Hashable, Sendable {
  case empty
  /// An asterisk anywhere but as the whole local part, or as the whole pattern `*@*`.
  case misplacedWildcard
  case address(EmailAddressError)
  case domain(DomainNameError)
}

/// An entry of an allow or deny list: one address, or every address of a domain, or every address.
package enum AddressPattern: Hashable, Sendable {
  case address(EmailAddress)
  /// `*@domain`
  case anyone(at: DomainName)
  /// `@domain`, which means the same and prints as it was written.
  case bareDomain(DomainName)
  /// `*@*`
  case everyone

  package init(parsing text: String) throws(AddressPatternError) {
    guard !text.isEmpty else { throw .empty }
    if text == "*@*" {
      self = .everyone
    } else if text.hasPrefix("*@") {
      self = .anyone(at: try Self.domain(text.dropFirst(2)))
    } else if text.hasPrefix("@") {
      self = .bareDomain(try Self.domain(text.dropFirst()))
    } else {
      do throws(EmailAddressError) {
        let address = try EmailAddress(parsing: text)
        // An asterisk is a valid atom character, but here it would look like a wildcard.
        if address.localPart.utf8.contains(0x2A) { throw EmailAddressError.badCharacter("*") }
        self = .address(address)
      } catch {
        if text.utf8.contains(0x2A) { throw .misplacedWildcard }
        throw .address(error)
      }
    }
  }

  /// The domain that the pattern is about; nil for everyone.
  package var domain: DomainName? {
    switch self {
    case .address(let address): address.domain
    case .anyone(let domain), .bareDomain(let domain): domain
    case .everyone: nil
    }
  }

  /// Whether the pattern stands for the address; the local part is compared without case.
  package func matches(_ address: EmailAddress) -> Bool {
    switch self {
    case .address(let own):
      own.domain == address.domain && own.localPart.lowercased() == address.localPart.lowercased()
    case .anyone(let domain), .bareDomain(let domain): domain == address.domain
    case .everyone: true
    }
  }

  private static func domain(_ text: Substring) throws(AddressPatternError) -> DomainName {
    if text.utf8.contains(0x2A) { throw .misplacedWildcard }
    do {
      return try DomainName(parsing: String(text))
    } catch {
      throw .domain(error)
    }
  }
}

extension AddressPattern: CustomStringConvertible {
  package var description: String {
    switch self {
    case .address(let address): address.description
    case .anyone(let domain): "*@" + domain.ascii
    case .bareDomain(let domain): "@" + domain.ascii
    case .everyone: "*@*"
    }
  }
}

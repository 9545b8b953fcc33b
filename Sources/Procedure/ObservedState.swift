internal import MailRecords

/// What an export says of a thing in Exchange Online: for people to see beside the plan, never
/// compared with what was applied.
package enum ObservedState: Sendable {
  /// No export speaks of such things.
  case notExported
  /// No export was given.
  case unknown
  /// It was looked for and is not there.
  case absent
  /// It is there with the values that are meant; whether it works, where that is known.
  case same(isEnabled: Bool?)
  case differs([Difference], isEnabled: Bool?)

  /// A parameter with another value than is meant.
  package struct Difference: Hashable, Sendable {
    package let name: String
    package let old: [String]
    package let new: [String]
    /// False where Exchange Online shows people by names that nothing says the addresses of.
    package let isComparable: Bool
  }
}

extension ExchangeExport {
  /// How an object is, against how it is meant.
  ///
  /// - Parameter lockdown: what may be restricted by now, after the cutover.
  func state(of object: ExchangeObject, lockdown: ExchangeLockdown?) -> ObservedState {
    guard let found = named(object.name, object.kind.exported).first else { return .absent }
    let restricted = lockdown?.parameters ?? []
    let differences = object.parameters.compactMap { parameter -> ObservedState.Difference? in
      let difference = difference(found, parameter)
      // After the lockdown it stays as the lockdown made it.
      let closed = restricted.first { $0.name == parameter.name }
      if difference != nil, let closed, self.difference(found, closed) == nil { return nil }
      return difference
    }
    return differences.isEmpty
      ? .same(isEnabled: found.isEnabled)
      : .differs(differences, isEnabled: found.isEnabled)
  }

  /// Whether direct delivery is closed as is meant.
  func state(of lockdown: ExchangeLockdown) -> ObservedState {
    guard let found = named(lockdown.connector, .inboundConnectors).first else { return .absent }
    var differences = lockdown.parameters.compactMap { difference(found, $0) }
    if let organization = all(.organizationConfigs).first {
      let direct = ExchangeObject.Parameter("RejectDirectSend", .bool(true))
      difference(organization, direct).map { differences.append($0) }
    }
    return differences.isEmpty ? .same(isEnabled: nil) : .differs(differences, isEnabled: nil)
  }

  /// Who gets the journal reports that cannot be delivered.
  func state(ofJournalRecipient address: String) -> ObservedState {
    guard let found = all(.transportConfigs).first else { return .unknown }
    let meant = ExchangeObject.Parameter("JournalingReportNdrTo", .string(address))
    return difference(found, meant).map { .differs([$0], isEnabled: nil) } ?? .same(isEnabled: nil)
  }

  /// Whether the sealer is among those that are trusted.
  func state(ofSealer sealer: DomainName) -> ObservedState {
    let trusted = sealers
    if trusted.contains(sealer.ascii) { return .same(isEnabled: nil) }
    return .differs(
      [
        .init(
          name: "ArcTrustedSealers", old: trusted, new: trusted + [sealer.ascii],
          isComparable: true)
      ], isEnabled: nil)
  }

  /// The trusted ARC sealers, which read back as one text with commas.
  package var sealers: [String] {
    all(.arcConfigs).flatMap { $0.texts("ArcTrustedSealers") }
      .flatMap { $0.split(separator: ",") }
      .map { $0.lowercased().filter { $0 != " " } }.filter { !$0.isEmpty }
  }

  private func difference(
    _ found: Object, _ parameter: ExchangeObject.Parameter
  ) -> ObservedState.Difference? {
    let name = parameter.name
    let raw = found.texts(name)
    let meant = parameter.value.texts
    let now = ExchangeValue.comparable(name, name.isConnectorName ? raw.map(connectorName) : raw)
    if now == ExchangeValue.comparable(name, meant) { return nil }
    let isUnclear = name.namesPeople && now.contains { !$0.contains("@") }
    return .init(
      name: name, old: ExchangeValue.shown(name, raw), new: meant, isComparable: !isUnclear)
  }

  /// A rule names its connector by name, GUID or distinguished name: the name, where it is known.
  private func connectorName(_ text: String) -> String {
    let wanted = text.lowercased()
    return all(.outboundConnectors).first { connector in
      ["Name", "Guid", "DistinguishedName", "Identity"].contains {
        connector.text($0).lowercased() == wanted
      }
    }?.name ?? text
  }
}

extension ExchangeObject.Value {
  /// Its values as an export has them.
  package var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .strings(let texts): texts
    case .bool(let flag): [flag ? "true" : "false"]
    case .integer(let number): [String(number)]
    case .null: []
    }
  }
}

/// The values of Exchange Online in one spelling, so that they can be compared.
package enum ExchangeValue {
  /// Without what Exchange Online adds (`smtp:*;1`), without letter case where there is none, and
  /// in one order.
  package static func comparable(_ name: String, _ texts: [String]) -> [String] {
    let exact = [
      "ExceptIfHeaderContainsMessageHeader", "ExceptIfHeaderContainsWords", "Comment", "Comments",
    ].contains(name)
    let values = shown(name, texts).map { text in
      exact ? text : name.holdsAddresses ? address(text) : text.lowercased()
    }
    return values.sorted()
  }

  /// As people read them.
  package static func shown(_ name: String, _ texts: [String]) -> [String] {
    // An empty address reads back as <>.
    let values = texts.filter { !$0.isEmpty && $0 != "<>" }.map(withoutPriority)
    // Which tool made a connector is no difference.
    if name == "ConnectorSource" {
      return values.isEmpty || values == ["AdminUI"] ? ["Default"] : values
    }
    return values
  }

  /// `smtp:kaede.example;1` is `kaede.example`.
  private static func withoutPriority(_ text: String) -> String {
    guard text.lowercased().hasPrefix("smtp:") else { return text }
    let rest = text.dropFirst(5)
    guard let end = rest.lastIndex(of: ";"),
      rest[rest.index(after: end)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return String(rest) }
    return String(rest[..<end])
  }

  /// A network without the bits beyond its length, a single address without its length.
  private static func address(_ text: String) -> String {
    guard let prefix = try? IPPrefix(parsingWithHostBits: text) else { return text.lowercased() }
    return IPPrefix(prefix.network, length: prefix.length).description
  }
}

extension String {
  /// Parameters of addresses and networks.
  fileprivate var holdsAddresses: Bool {
    [
      "SenderIPAddresses", "EFSkipIPs", "SenderIpRanges", "ExceptIfSenderIpRanges", "IPAllowList",
    ].contains(self)
  }

  /// Parameters of people, whom Exchange Online may show by another name than their address.
  fileprivate var namesPeople: Bool { self == "From" || self == "EFUsers" }

  fileprivate var isConnectorName: Bool { self == "RouteMessageOutboundConnector" }
}

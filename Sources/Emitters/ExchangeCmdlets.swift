/// A cmdlet that scripts may use, with the parameters that they may give it and what Microsoft's
/// reference says of their values. Parameters that Microsoft reserves or advises against are left
/// out on purpose. The table itself is in ExchangeCmdletTable.swift.
package struct ExchangeCmdlet: Sendable {
  package let name: StaticString
  package let details: [Parameter]
  /// What the reference says of several parameters together.
  package let relations: [Relation]
  /// The page of the reference.
  package let source: StaticString
  /// When the page was read, `YYYY-MM-DD`.
  package let read: StaticString

  /// The names of the parameters.
  package var parameters: [StaticString] { details.map(\.name) }

  /// One parameter.
  package struct Parameter: Sendable {
    package let name: StaticString
    package let kind: Kind
    package let isRequired: Bool
    /// Whether `$null` is documented, or documented as how a list is emptied.
    package let takesNull: Bool
    /// What of the entry is not in the page, and why it stands all the same; nil where all is.
    package let unconfirmed: StaticString?

    init(
      _ name: StaticString, _ kind: Kind, required: Bool = false, null: Bool = false,
      unconfirmed: StaticString? = nil
    ) {
      self.name = name
      self.kind = kind
      isRequired = required
      takesNull = null
      self.unconfirmed = unconfirmed
    }
  }

  /// What a value may be.
  package enum Kind: Sendable {
    /// A string of at most so many characters, where the page states a limit.
    case text(maximum: Int?)
    /// Strings that name people, hosts, words or scopes.
    case texts
    case boolean
    case choice([StaticString])
    case choices([StaticString])
    case integer(ClosedRange<Int>)
    /// A number, or the word Unlimited.
    case resultSize
    /// A point in time.
    case moment
    /// A parameter without a value.
    case flag
    /// IPv4 addresses and networks of /24 to /32.
    case senderAddresses
    /// Addresses, ranges `a-b`, and networks.
    case addresses
    /// Domains, of which the first label may be `*`; or `*` alone where that is said.
    case domains(catchAll: Bool)
    /// One such domain.
    case domain
    /// Words without a blank at an edge.
    case words
    /// A hashtable of the service's own members, each checked by its script's tests.
    case table
  }

  /// What holds of several parameters of one call.
  package enum Relation: Sendable {
    /// Not both.
    case exclusive(StaticString, StaticString)
    /// Where the first is given with a value, the second is too.
    case needs(StaticString, StaticString)
    /// Where the first has this value, the second is given with a value.
    case valueNeeds(StaticString, StaticString, StaticString)
    /// Where the first is given with a value, the second has this one.
    case needsValue(StaticString, StaticString, StaticString)
    /// Where the first has this value, the second has none.
    case valueExcludes(StaticString, StaticString, StaticString)
  }

  init(
    _ name: StaticString, _ details: [Parameter], relations: [Relation] = [],
    source: StaticString, read: StaticString = "2026-11-29"
  ) {
    self.name = name
    self.details = details
    self.relations = relations
    self.source = source
    self.read = read
  }

  /// What every cmdlet takes besides its own parameters.
  package static let common: [StaticString] = ["ErrorAction", "Confirm"]

  /// The documented spelling of a parameter; nil where no cmdlet here has it.
  static func spelling(of parameter: String) -> StaticString? {
    for cmdlet in all {
      if let name = cmdlet.parameters.first(where: { $0.description == parameter }) { return name }
    }
    return nil
  }
}

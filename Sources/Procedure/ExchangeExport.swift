package import SourceText
package import TenantModel

/// What preflight.ps1 saw of a Microsoft 365 organization: its `export.json`. What is not in it was
/// not looked at; an empty list was looked at and has nothing.
package struct ExchangeExport: Sendable {
  /// The format that preflight.ps1 writes; no later one is read.
  package static let formatVersion = 1

  /// The initial domain of the organization, in lower case.
  package let tenant: Located<String>
  package let recorded: Located<Timestamp>
  private let objects: [Kind: [Object]]

  /// The lists of an export, by their names in the file.
  package enum Kind: String, CaseIterable, Sendable {
    case acceptedDomains
    case inboundConnectors
    case outboundConnectors
    case transportRules
    case journalRules
    case dkimSigningConfigs
    case hostedConnectionFilterPolicies
    case arcConfigs
    case organizationConfigs
    case transportConfigs
  }

  /// An object with its properties, as Get- shows them.
  package struct Object: Sendable {
    package let span: SourceSpan
    private let properties: [String: Property]

    package init(span: SourceSpan, properties: [String: Property]) {
      self.span = span
      self.properties = properties
    }

    /// The values of a property; nil where the export does not have it.
    package func property(_ name: String) -> Property? { properties[name] }

    /// The texts of a property, none where it is empty or not there.
    package func texts(_ name: String) -> [String] { properties[name]?.texts ?? [] }

    /// The one text of a property.
    package func text(_ name: String) -> String { texts(name).first ?? "" }

    /// Whether a property is on.
    package func isOn(_ name: String) -> Bool { text(name).lowercased() == "true" }

    /// Where a property is written, or else the object.
    package func place(of name: String) -> SourceSpan { properties[name]?.span ?? span }

    /// The name that people know it by.
    package var name: String { text("Name") }

    /// Whether it works now: connectors are enabled, rules have a state. Nil where it does not say.
    package var isEnabled: Bool? {
      if let state = properties["State"]?.texts.first { return state.lowercased() == "enabled" }
      return properties["Enabled"].map { $0.texts.first?.lowercased() == "true" }
    }
  }

  /// The values of a property: none, one, or those of a list.
  package struct Property: Sendable {
    package let texts: [String]
    package let span: SourceSpan

    package init(_ texts: [String], span: SourceSpan) {
      self.texts = texts
      self.span = span
    }
  }

  package init(
    tenant: Located<String>, recorded: Located<Timestamp>, objects: [Kind: [Object]]
  ) {
    self.tenant = tenant
    self.recorded = recorded
    self.objects = objects
  }

  /// The objects of a kind, in the order of the file.
  package func all(_ kind: Kind) -> [Object] { objects[kind] ?? [] }

  /// The objects of this name; Exchange Online knows no letter case.
  package func named(_ name: String, _ kind: Kind) -> [Object] {
    let wanted = name.lowercased()
    return all(kind).filter { $0.name.lowercased() == wanted }
  }
}

extension ExchangeObject.Kind {
  /// The list of an export that has it.
  package var exported: ExchangeExport.Kind {
    switch self {
    case .inboundConnector: .inboundConnectors
    case .outboundConnector: .outboundConnectors
    case .transportRule: .transportRules
    case .journalRule: .journalRules
    }
  }
}

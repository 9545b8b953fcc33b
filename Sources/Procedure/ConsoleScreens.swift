internal import MailRecords
package import SourceText
package import TenantModel
package import Wording

/// One screen of the console with all that is set on it.
package struct ConsoleScreen: Sendable {
  package let screen: ConsoleScreenName
  package let setting: ContractMatrix.Setting
  /// Where the screen is, in the console's own words.
  package let path: ConsoleScreenName.Path
  package let source: String
  package let entries: [Entry]
  /// What a person should know before saving.
  package let notes: [LocalizedText]

  /// A heading on the screen and the fields below it.
  package struct Entry: Sendable {
    /// What the entry is for, such as the name of a rule; nil where the screen has one form only.
    package let title: String?
    package let fields: [Field]
    package let span: SourceSpan
    /// What holds for this entry only.
    package let notes: [LocalizedText]

    init(title: String?, fields: [Field], span: SourceSpan, notes: [LocalizedText] = []) {
      self.title = title
      self.fields = fields
      self.span = span
      self.notes = notes
    }
  }

  /// A field and what goes into it, in the console's own words where they are known.
  package struct Field: Sendable {
    package let label: String
    package let value: Value

    package init(_ label: String, _ value: Value) {
      self.label = label
      self.value = value
    }
  }

  package enum Value: Sendable {
    /// Typed in as it is.
    case text(String)
    /// One an entry or line.
    case list([String])
    /// Chosen among what the console offers, by its words.
    case option(String)
    /// Chosen among what the tenant has made, such as a dictionary.
    case choice(String)
    /// A box that is ticked.
    case ticked
    /// Set to what tenant.yaml says of a field that no article of the vendor's shows; its label is
    /// of tenant.yaml too.
    case shown(String)

    /// All values, for comparison.
    package var all: [String] {
      switch self {
      case .text(let text), .option(let text), .choice(let text), .shown(let text): [text]
      case .list(let texts): texts
      case .ticked: ["✓"]
      }
    }
  }

  /// Whether the vendor's articles show a word of this screen; other names are mgc's own.
  package func isConfirmed(_ word: String) -> Bool { screen.shows(word) }
}

/// Turns the settings of tenant.yaml into screens, in the order of the article's table. What says
/// only the documented default of a field is not on a screen: nobody has to do anything for it.
struct ConsoleScreens {
  let tenant: Tenant
  private(set) var screens: [ConsoleScreen] = []

  init(_ tenant: Tenant) {
    self.tenant = tenant
    addGroups()
    addProcessing()
    addLists()
    addAuthentication()
    addFiltering()
    addBEC()
    addSocialEngineering()
    addDictionaries()
    addReview()
    addDelegation()
    addSending()
    addAttachments()
  }

  /// Whether the screens are those of the generation that begins with メールセキュリティ.
  var isNew: Bool { tenant.gateway.console.value == .mailSecurity }

  mutating func add(
    _ screen: ConsoleScreenName, _ setting: ContractMatrix.Setting,
    _ entries: [ConsoleScreen.Entry], notes: [LocalizedText] = []
  ) {
    guard !entries.isEmpty, ContractMatrix.row(of: setting).isAsked(by: tenant.contract) else {
      return
    }
    let fact = screen.path(in: tenant.gateway.console.value)
    screens.append(
      ConsoleScreen(
        screen: screen, setting: setting, path: fact.value, source: fact.source,
        entries: entries, notes: notes))
  }

  /// Fields in the words of the customer's console.
  func shown(_ fields: [ShownField]) -> [ConsoleScreen.Field] {
    fields.map { .init($0.field.value.text, .shown($0.value.value.text)) }
  }

  /// A field with a list, unless the list is empty.
  func field(_ label: String, _ values: [String]) -> [ConsoleScreen.Field] {
    values.isEmpty ? [] : [.init(label, .list(values))]
  }
}

extension Scope {
  /// How a screen's entry for the scope is called.
  package var title: String {
    switch self {
    case .all: "すべて"
    case .domain(let domain): domain.value.ascii
    case .group(let path): path.value.description
    case .user(let address): address.value.description
    }
  }
}

extension ReviewRule.Action {
  /// The verb in the console.
  package var words: String {
    switch self {
    case .allow: "許可する"
    case .hold: "保留する"
    case .forbid: "禁止する"
    case .selfApprove: "自己承認させる"
    case .notify: "通知する"
    }
  }
}

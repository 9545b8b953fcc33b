internal import MailRecords
package import SourceText
package import TenantModel

/// One list of the console as tenant.yaml has it: what goes into its file, and what is compared
/// with an export of it.
package struct ConsoleList: Sendable {
  package let kind: ListKind
  package let identity: Identity
  package let setting: ContractMatrix.Setting
  /// Where tenant.yaml has the list's setting.
  package let span: SourceSpan
  package let rows: [Row]
  /// What tells its file from those of other lists of the kind; nil where there is one only.
  package let suffix: String?

  /// Which of the lists of a kind it is, as exports name it.
  package enum Identity: Hashable, Sendable {
    case whole
    case scope(String)
    case dictionary(String)
  }

  /// The values in the order of `kind.values`, and where each is written.
  package struct Row: Sendable {
    package let values: [String]
    package let spans: [SourceSpan]

    package init(_ values: [String], _ spans: [SourceSpan]) {
      self.values = values
      self.spans = spans
    }

    init(_ entry: String, at span: SourceSpan) { self.init([entry], [span]) }
  }

  package init(
    _ kind: ListKind, _ identity: Identity, _ setting: ContractMatrix.Setting, at span: SourceSpan,
    suffix: String? = nil, rows: [Row]
  ) {
    self.kind = kind
    self.identity = identity
    self.setting = setting
    self.span = span
    self.suffix = suffix
    self.rows = rows
  }

  /// The kind's name, and which of its lists.
  package var title: String {
    switch identity {
    case .whole: kind.rawValue
    case .scope(let name), .dictionary(let name): kind.rawValue + " " + name
    }
  }
}

extension ConsoleList {
  /// The lists that the contract asks for and that have anything in them, in the order of the
  /// console's screens.
  package static func lists(of tenant: Tenant) -> [ConsoleList] {
    var builder = ConsoleListBuilder()
    builder.add(tenant)
    return builder.lists
  }
}

private struct ConsoleListBuilder {
  private(set) var lists: [ConsoleList] = []

  mutating func add(_ tenant: Tenant) {
    func asks(_ setting: ContractMatrix.Setting) -> Bool {
      ContractMatrix.row(of: setting).isAsked(by: tenant.contract)
    }
    let settings = tenant.settings
    if asks(.groups), let first = tenant.groups.first {
      add(.groups, .groups, first.span, tenant.groups.flatMap(\.rows))
    }
    if asks(.lists) { add(settings.lists?.value ?? []) }
    if asks(.filtering), let authentication = settings.senderAuthentication {
      let (span, value) = (authentication.span, authentication.value)
      add(.spfExceptions, .filtering, span, value.spfExceptions.rows)
      add(.dmarcExceptions, .filtering, span, value.dmarcExceptions.rows)
    }
    if asks(.bec), let bec = settings.bec {
      add(
        .becDomains, .bec, bec.span,
        bec.value.similarExternalDomains.map { .init($0.value.ascii, at: $0.span) })
    }
    if asks(.review) {
      add(settings.dictionaries?.value ?? [], .dictionary)
      add(settings.exclusionDictionaries?.value ?? [], .exclusionDictionary)
      if let rules = settings.review {
        add(
          .review, .review, rules.span,
          rules.value.enumerated().map { $0.element.row(number: $0.offset + 1) })
      }
    }
    if asks(.zip), let zip = settings.zip {
      add(.zipSenders, .zip, zip.span, zip.value.trigger.senders.rows)
      add(.zipExceptRecipients, .zip, zip.span, zip.value.exceptRecipients.rows)
    }
    if asks(.attachmentLink), let link = settings.attachmentLink {
      add(.attachmentLinkSenders, .attachmentLink, link.span, link.value.trigger.senders.rows)
    }
  }

  private mutating func add(
    _ kind: ListKind, _ setting: ContractMatrix.Setting, _ span: SourceSpan,
    _ rows: [ConsoleList.Row], _ identity: ConsoleList.Identity = .whole, suffix: String? = nil
  ) {
    guard !rows.isEmpty else { return }
    lists.append(ConsoleList(kind, identity, setting, at: span, suffix: suffix, rows: rows))
  }

  private mutating func add(_ filters: [FilterList]) {
    var used: Set<String> = []
    for (index, list) in filters.enumerated() {
      // Paths of groups are long in a file name, and no domain has an underscore.
      var name =
        switch list.scope {
        case .all: "all"
        case .domain(let domain): domain.value.ascii
        case .group: "group_\(index + 1)"
        case .user: "user_\(index + 1)"
        }
      if !used.insert(name).inserted { name += "_\(index + 1)" }
      let identity = ConsoleList.Identity.scope(list.scope.neutral)
      let parts: [(ListKind, [ConsoleList.Row])] = [
        (.allowSenders, list.allowSenders.rows), (.denySenders, list.denySenders.rows),
        (.allowIPs, list.allowIPs.rows), (.denyIPs, list.denyIPs.rows),
        (.allowContent, list.allowContent.rows), (.denyContent, list.denyContent.rows),
      ]
      for (kind, rows) in parts { add(kind, .lists, list.span, rows, identity, suffix: name) }
    }
  }

  private mutating func add(_ dictionaries: [KeywordDictionary], _ kind: ListKind) {
    for (index, dictionary) in dictionaries.enumerated() {
      guard case .phrases(let phrases) = dictionary.content.value else { continue }
      add(
        kind, .review, dictionary.name.span, phrases.rows,
        .dictionary(dictionary.name.value.text), suffix: String(index + 1))
    }
  }
}

extension [Located<TextLine>] {
  fileprivate var rows: [ConsoleList.Row] { map { .init($0.value.text, at: $0.span) } }
}

extension [Located<AddressPattern>] {
  fileprivate var rows: [ConsoleList.Row] { map { .init($0.value.description, at: $0.span) } }
}

extension [Located<IPPrefix>] {
  fileprivate var rows: [ConsoleList.Row] { map { .init($0.value.description, at: $0.span) } }
}

extension Group {
  /// A row for each person, and one without a person for an empty group.
  fileprivate var rows: [ConsoleList.Row] {
    func row(_ role: String, _ address: String, _ place: SourceSpan) -> ConsoleList.Row {
      .init([path.value.description, role, address], [path.span, place, place])
    }
    var rows = managers.map { row("manager", $0.value.description, $0.span) }
    var seen = Set(managers.map(\.value))
    rows += members.filter { seen.insert($0.value).inserted }
      .map { row("member", $0.value.description, $0.span) }
    return rows.isEmpty ? [row("", "", path.span)] : rows
  }
}

extension ReviewRule {
  /// The values of `ListKind.review`.
  fileprivate func row(number: Int) -> ConsoleList.Row {
    let parts: [(String, SourceSpan?)] = [
      (String(number), nil), (name.value.text, name.span), (scope.neutral, scope.span),
      (when.header?.value.text ?? "", when.header?.span),
      (when.dictionary?.value.text ?? "", when.dictionary?.span),
      (when.exceptDictionary?.value.text ?? "", when.exceptDictionary?.span),
      ((when.recipients?.words ?? []).joined(separator: " "), when.recipients?.span),
      (when.sender?.value.description ?? "", when.sender?.span),
      (
        when.attachmentExtensions.map(\.value.text).joined(separator: " "),
        when.attachmentExtensions.first?.span
      ),
      (then.word, nil),
      (then.notified.map(\.value.description).joined(separator: " "), then.notified.first?.span),
    ]
    return .init(parts.map(\.0), parts.map { $0.1 ?? span })
  }
}

extension ReviewRule.Recipients {
  fileprivate var span: SourceSpan? {
    if case .matching(let patterns) = self { patterns.first?.span } else { nil }
  }
}

extension AttachmentTrigger {
  fileprivate var senders: [Located<AddressPattern>] {
    if case .senders(let patterns) = self { patterns } else { [] }
  }
}

extension Scope {
  /// The scope in one word, as it stands in lists: `all`, a domain, a group's path, an address.
  package var neutral: String {
    switch self {
    case .all: "all"
    case .domain(let domain): domain.value.ascii
    case .group(let path): path.value.description
    case .user(let address): address.value.description
    }
  }

  fileprivate var span: SourceSpan? {
    switch self {
    case .all: nil
    case .domain(let domain): domain.span
    case .group(let path): path.span
    case .user(let address): address.span
    }
  }
}

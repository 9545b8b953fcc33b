internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// The lists of step 5, one file a list, to paste from where a screen takes many entries.
  static let settingsLists = Emitter { procedure in
    guard procedure.asks(for: .settings) else { return [] }
    let lists = SettingsLists(procedure.tenant)
    return lists.files.map { Artifact(Step.settings.path + $0.path, $0.document) }
      + lists.tables.map { Artifact(path: Step.settings.path + $0.path, bytes: $0.bytes) }
  }
}

/// The list files of a tenant and where they are, relative to the folder of step 5.
struct SettingsLists {
  /// One entry a line, so that no entry is ever taken for a spreadsheet's formula.
  struct File {
    let path: ArtifactPath
    /// Where tenant.yaml has the list's setting.
    let span: SourceSpan
    let values: [String]

    var document: LineList { LineList(values.compactMap { LineEntry($0) }) }
  }

  /// A table; text where a cell could be taken for a formula.
  struct Table {
    let screen: ConsoleScreenName
    let path: ArtifactPath
    let bytes: [UInt8]
  }

  private(set) var files: [File] = []
  private var places: [SourceSpan: [Int]] = [:]
  private(set) var tables: [Table] = []

  init(_ tenant: Tenant) {
    func asks(_ setting: ContractMatrix.Setting) -> Bool {
      ContractMatrix.row(of: setting).isAsked(by: tenant.contract)
    }
    let settings = tenant.settings
    if asks(.groups), !tenant.groups.isEmpty { add(tenant.groups) }
    if asks(.lists) { add(settings.lists?.value ?? []) }
    if asks(.bec), let bec = settings.bec {
      add("lists/bec-domains.txt", bec.span, bec.value.similarExternalDomains.map(\.value.ascii))
    }
    if asks(.review) {
      for (index, dictionary) in (settings.dictionaries?.value ?? []).enumerated() {
        if case .phrases(let phrases) = dictionary.content.value {
          add(
            "lists/dictionary-\(index + 1).txt", dictionary.name.span, phrases.map(\.value.text))
        }
      }
      for (index, dictionary) in (settings.exclusionDictionaries?.value ?? []).enumerated() {
        if case .phrases(let phrases) = dictionary.content.value {
          add(
            "lists/exclusion-dictionary-\(index + 1).txt", dictionary.name.span,
            phrases.map(\.value.text))
        }
      }
      if let rules = settings.review?.value, !rules.isEmpty { add(rules) }
    }
    if asks(.zip), let zip = settings.zip {
      add("lists/zip-senders.txt", zip.span, zip.value.trigger.senders)
      add(
        "lists/zip-except-recipients.txt", zip.span,
        zip.value.exceptRecipients.map(\.value.description))
    }
    if asks(.attachmentLink), let link = settings.attachmentLink {
      add("lists/attachment-link-senders.txt", link.span, link.value.trigger.senders)
    }
  }

  /// The file that holds the values of a field, if it is a list.
  func file(of values: [String], at span: SourceSpan) -> File? {
    places[span]?.lazy.map { files[$0] }.first { $0.values == values }
  }

  func table(of screen: ConsoleScreenName) -> Table? { tables.first { $0.screen == screen } }

  private mutating func add(_ path: ArtifactPath, _ span: SourceSpan, _ values: [String]) {
    guard !values.isEmpty else { return }
    places[span, default: []].append(files.count)
    files.append(File(path: path, span: span, values: values))
  }

  private mutating func add(_ lists: [FilterList]) {
    var used: Set<String> = []
    for (index, list) in lists.enumerated() {
      // Paths of groups are long in a file name, and no domain has an underscore.
      var name =
        switch list.scope {
        case .all: "all"
        case .domain(let domain): domain.value.ascii
        case .group: "group_\(index + 1)"
        case .user: "user_\(index + 1)"
        }
      if !used.insert(name).inserted { name += "_\(index + 1)" }
      add(
        "lists/allow-senders-\(name: name).txt", list.span,
        list.allowSenders.map(\.value.description))
      add(
        "lists/deny-senders-\(name: name).txt", list.span,
        list.denySenders.map(\.value.description))
      add("lists/allow-ips-\(name: name).txt", list.span, list.allowIPs.map(\.value.description))
      add("lists/deny-ips-\(name: name).txt", list.span, list.denyIPs.map(\.value.description))
      add("lists/allow-content-\(name: name).txt", list.span, list.allowContent.map(\.value.text))
      add("lists/deny-content-\(name: name).txt", list.span, list.denyContent.map(\.value.text))
    }
  }

  private mutating func add(_ groups: [Group]) {
    var rows: [[String]] = []
    for group in groups {
      let path = group.path.value.description
      let start = rows.count
      rows += group.managers.map { [path, "manager", $0.value.description] }
      rows += group.otherMembers.map { [path, "member", $0.description] }
      if rows.count == start { rows.append([path, "", ""]) }
    }
    addTable(
      .groups, csv: "lists/groups.csv", text: "lists/groups.txt", rows,
      header: [
        "path", "role", "address",
      ])
  }

  private mutating func add(_ rules: [ReviewRule]) {
    let rows = rules.enumerated().map { index, rule in
      [
        String(index + 1), rule.name.value.text, rule.scope.neutral,
        rule.when.header?.value.text ?? "", rule.when.dictionary?.value.text ?? "",
        rule.when.exceptDictionary?.value.text ?? "",
        (rule.when.recipients?.words ?? []).joined(separator: " "),
        rule.when.sender?.value.description ?? "",
        rule.when.attachmentExtensions.map(\.value.text).joined(separator: " "), rule.then.word,
        rule.then.notified.map(\.value.description).joined(separator: " "),
      ]
    }
    addTable(
      .review, csv: "lists/review.csv", text: "lists/review.txt", rows,
      header: [
        "order", "name", "scope", "header", "dictionary", "except_dictionary", "recipients",
        "sender", "attachment_extensions", "then", "notify",
      ])
  }

  /// A CSV file; where a value could begin a formula, text with a line for each value instead:
  /// the number of its row, its name and itself.
  private mutating func addTable(
    _ screen: ConsoleScreenName, csv: ArtifactPath, text: ArtifactPath, _ rows: [[String]],
    header: [CSVCell]
  ) {
    let cells = rows.map { $0.compactMap { CSVCell($0) } }
    if zip(cells, rows).allSatisfy({ $0.count == $1.count }) {
      // Without the mark, spreadsheets on Windows do not read the file as UTF-8.
      let table = CSVTable(header: header, rows: cells, byteOrderMark: true)
      tables.append(Table(screen: screen, path: csv, bytes: table.bytes))
      return
    }
    let entries = rows.enumerated().flatMap { index, row in
      zip(header, row).compactMap { name, value in
        value.isEmpty ? nil : LineEntry("\(index + 1) \(name.text): \(value)")
      }
    }
    tables.append(Table(screen: screen, path: text, bytes: LineList(entries).bytes))
  }
}

extension Scope {
  /// The scope in one word, as it stands in the list of rules.
  fileprivate var neutral: String {
    switch self {
    case .all: "all"
    case .domain(let domain): domain.value.ascii
    case .group(let path): path.value.description
    case .user(let address): address.value.description
    }
  }
}

extension AttachmentTrigger {
  fileprivate var senders: [String] {
    switch self {
    case .subjectPrefix: []
    case .senders(let patterns): patterns.map(\.value.description)
    }
  }
}

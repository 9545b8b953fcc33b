internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TableText
internal import TenantModel
internal import Wording

extension Emitter {
  /// The lists of step 5, one file a list, to paste from where a screen takes many entries.
  static let settingsLists = Emitter { procedure in
    guard procedure.asks(for: .settings) else { return [] }
    return SettingsLists(procedure).files.map {
      Artifact(path: Step.settings.path + $0.path, bytes: $0.bytes)
    }
  }
}

/// The list files of a tenant and where they are, relative to the folder of step 5.
struct SettingsLists {
  struct File {
    let list: ConsoleList
    let path: ArtifactPath
    let bytes: [UInt8]
    /// Whether it has the form of the customer's own sample.
    let followsSample: Bool
  }

  let files: [File]
  /// The files of the lists with one value a row, by the place of their setting.
  private let places: [SourceSpan: [Int]]

  init(_ procedure: Procedure) {
    let encoding = procedure.tenant.gateway.listEncoding
    files = procedure.lists.map { list in
      procedure.exchange.profiles[list.kind].map { File(list, $0) } ?? File(list, encoding)
    }
    var places: [SourceSpan: [Int]] = [:]
    for (index, file) in files.enumerated() where file.list.kind.values == [.entry] {
      places[file.list.span, default: []].append(index)
    }
    self.places = places
  }

  /// The file that holds the values of a field, if it is a list.
  func file(of values: [String], at span: SourceSpan) -> File? {
    places[span]?.lazy.map { files[$0] }.first { $0.list.rows.map(\.values) == values.map { [$0] } }
  }

  /// The file of a screen that has one list.
  func table(of screen: ConsoleScreenName) -> File? {
    let kind: ListKind? =
      switch screen {
      case .groups: .groups
      case .review: .review
      default: nil
      }
    return files.first { $0.list.kind == kind }
  }
}

extension SettingsLists.File {
  /// In the form of the customer's own sample.
  fileprivate init(_ list: ConsoleList, _ profile: ListProfile) {
    let rows = profile.cells(of: list).map { $0.map(\.text) }
    let path: ArtifactPath =
      switch profile.form.delimiter {
      case nil: "lists/\(list.stem).txt"
      case .tab: "lists/\(list.stem).tsv"
      case .comma, .semicolon: "lists/\(list.stem).csv"
      }
    self.init(
      list: list, path: path, bytes: FormTable(profile.form, rows: rows).bytes,
      followsSample: true)
  }

  /// In mgc's own form: one value a line, or a table. Where a value of a table could begin a
  /// formula, a line for each value instead: the number of its row, its name and itself.
  fileprivate init(_ list: ConsoleList, _ encoding: ListEncoding) {
    let plain: TextEncoding = encoding == .cp932 ? .cp932 : .utf8
    func text(_ lines: [String]) -> Self {
      let document = LineList(lines.compactMap { LineEntry($0) }, encoding: plain)
      return Self(
        list: list, path: "lists/\(list.stem).txt", bytes: document.bytes, followsSample: false)
    }
    let values = list.kind.values
    if values == [.entry] {
      self = text(list.rows.flatMap(\.values))
      return
    }
    let cells = list.rows.map { $0.values.compactMap { CSVCell($0) } }
    guard cells.allSatisfy({ $0.count == values.count }) else {
      self = text(
        list.rows.enumerated().flatMap { index, row in
          zip(values, row.values).compactMap { name, value in
            value.isEmpty ? nil : "\(index + 1) \(name.column.text): \(value)"
          }
        })
      return
    }
    // Without the mark, spreadsheets on Windows do not read the file as UTF-8.
    let table = CSVTable(
      header: values.map(\.column), rows: cells,
      encoding: encoding == .cp932 ? .cp932 : .utf8WithMark)
    self.init(
      list: list, path: "lists/\(list.stem).csv", bytes: table.bytes, followsSample: false)
  }
}

extension ConsoleList {
  /// The name of its file without the ending.
  fileprivate var stem: OutputText<PathSyntax> {
    suffix.map { "\(name: kind.rawValue)-\(name: $0)" } ?? "\(name: kind.rawValue)"
  }
}

extension ListValue {
  /// The header of its column in mgc's own tables.
  fileprivate var column: CSVCell {
    switch self {
    case .entry: "entry"
    case .ip: "ip"
    case .netmask: "netmask"
    case .prefixLength: "prefix_length"
    case .path: "path"
    case .role: "role"
    case .address: "address"
    case .order: "order"
    case .name: "name"
    case .scope: "scope"
    case .header: "header"
    case .dictionary: "dictionary"
    case .exceptDictionary: "except_dictionary"
    case .recipients: "recipients"
    case .sender: "sender"
    case .attachmentExtensions: "attachment_extensions"
    case .then: "then"
    case .notify: "notify"
    }
  }
}

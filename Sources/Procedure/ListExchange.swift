package import SourceText
package import TableText
package import TenantModel

/// What the files of `gateway.importProfiles` show: the forms of lists, and what the console held.
/// Nothing is judged here; what is wrong stands in `issues`, for the rules.
package struct ListExchange: Sendable {
  package private(set) var profiles: [ListKind: ListProfile] = [:]
  package private(set) var exports: [Export] = []
  package private(set) var issues: [Issue] = []
  /// The files whose lines would be shown as other characters than they hold.
  package private(set) var unreadable: Set<SourceFileID> = []

  /// An exported list. Its entries keep the order of the file, each once.
  package struct Export: Sendable {
    package let kind: ListKind
    package let identity: ConsoleList.Identity
    package let entries: [ListEntry]
    /// Where tenant.yaml names the file.
    package let span: SourceSpan
  }

  /// The files that were read as exports: none is read for two lists.
  private var exported: Set<String> = []

  /// What is wrong with a file, and where.
  package struct Issue: Sendable {
    package let reason: Reason
    package let span: SourceSpan

    package enum Reason: Sendable {
      case table(TableProblem.Reason, bytes: [UInt8])
      /// A column of the sample that tenant.yaml does not explain.
      case unknownColumn(String)
      /// A name that two columns of the sample have.
      case repeatedColumn(String)
      /// A header of tenant.yaml that the sample does not have.
      case missingColumn(String)
      /// A header that a spreadsheet takes for a formula.
      case formulaHeader(String)
      /// A row that tenant.yaml cannot have.
      case foreign(String, expected: String?)
      /// Something in a column that mgc leaves empty.
      case remark(String)
    }
  }

  package init() {}

  /// - Parameters:
  ///   - encoding: that of samples which are all ASCII.
  ///   - isNormal: whether tenant.yaml can have the text as it is, which is in NFC.
  ///   - file: a file that a profile names; nil where it could not be read.
  package init(
    _ profiles: [ImportProfile], encoding: ListEncoding, isNormal: (String) -> Bool,
    file: (FileReference) -> (file: SourceFile, id: SourceFileID)?
  ) {
    var seen: Set<ListKind> = []
    for profile in profiles {
      // A second profile of a list is an error by itself, and so are too many columns.
      guard seen.insert(profile.list.value).inserted, profile.columns.count <= ImportProfile.limit,
        let (sample, id) = file(profile.sample.value),
        let own = read(profile, sample, id, fallback: encoding)
      else { continue }
      self.profiles[own.kind] = own
      for export in profile.exports {
        guard exported.insert(export.file.value.path).inserted,
          let (file, id) = file(export.file.value)
        else { continue }
        read(export, own, file, id, isNormal)
      }
    }
  }

  private mutating func read(
    _ profile: ImportProfile, _ sample: SourceFile, _ id: SourceFileID, fallback: ListEncoding
  ) -> ListProfile? {
    note(sample, id)
    let headers = profile.columns.compactMap(\.header)
    let hasHeader = !headers.isEmpty
    do throws(TableProblem) {
      let read = try TableSample(
        sample.bytes,
        .init(
          header: hasHeader ? headers.map(\.value.text) : nil, columns: profile.columns.count,
          encoding: profile.encoding.map(\.text), fallback: fallback.text))
      guard let header = read.header else {
        return ListProfile(kind: profile.list.value, form: read.form, columns: profile.columns)
      }
      guard let columns = match(header, profile, id) else { return nil }
      return ListProfile(kind: profile.list.value, form: read.form, columns: columns)
    } catch {
      add(error, id, sample, profile.sample.span)
      return nil
    }
  }

  /// The columns in the order of the sample; nil where the two do not agree.
  private mutating func match(
    _ header: TableRecord, _ profile: ImportProfile, _ id: SourceFileID
  ) -> [ImportProfile.Column]? {
    let known = Dictionary(
      profile.columns.compactMap { column in column.header.map { ($0.value.text, column) } }
    ) { first, _ in first }
    var columns: [ImportProfile.Column] = []
    var seen: Set<String> = []
    let before = issues.count
    for cell in header.cells {
      let span = SourceSpan(file: id, cell.range)
      if cell.text.isFormulaLike {
        issues.append(.init(reason: .formulaHeader(cell.text), span: span))
      }
      guard let column = known[cell.text] else {
        issues.append(.init(reason: .unknownColumn(cell.text), span: span))
        continue
      }
      guard seen.insert(cell.text).inserted else {
        issues.append(.init(reason: .repeatedColumn(cell.text), span: span))
        continue
      }
      columns.append(column)
    }
    for column in profile.columns {
      if let name = column.header, !seen.contains(name.value.text) {
        issues.append(.init(reason: .missingColumn(name.value.text), span: name.span))
      }
    }
    return issues.count == before ? columns : nil
  }

  private mutating func read(
    _ export: ImportProfile.Export, _ profile: ListProfile, _ file: SourceFile, _ id: SourceFileID,
    _ isNormal: (String) -> Bool
  ) {
    guard let identity = export.identity(in: profile.kind) else { return }
    note(file, id)
    var entries: [ListEntry] = []
    var seen: Set<ListEntry> = []
    do throws(TableProblem) {
      for record in try profile.form.records(in: file.bytes) {
        do throws(ListProfile.ForeignCell) {
          let entry = try profile.entry(record, isNormal)
          if seen.insert(entry).inserted { entries.append(entry) }
        } catch {
          issues.append(
            .init(
              reason: .foreign(error.text, expected: error.expected),
              span: SourceSpan(file: id, error.range)))
        }
        for cell in profile.remarks(in: record) {
          issues.append(
            .init(reason: .remark(cell.text), span: SourceSpan(file: id, cell.range)))
        }
      }
    } catch {
      add(error, id, file, export.file.span)
    }
    exports.append(
      Export(kind: profile.kind, identity: identity, entries: entries, span: export.file.span))
  }

  private mutating func note(_ file: SourceFile, _ id: SourceFileID) {
    if TextEncoding.utf8.firstInvalid(file.bytes) != nil { unreadable.insert(id) }
  }

  /// - Parameter reference: where tenant.yaml names the file, for what has no place in it.
  private mutating func add(
    _ problem: TableProblem, _ id: SourceFileID, _ file: SourceFile, _ reference: SourceSpan
  ) {
    let range = problem.range.clamped(to: 0..<file.bytes.count)
    issues.append(
      .init(
        reason: .table(problem.reason, bytes: Array(file.bytes[range].prefix(2))),
        span: range.isEmpty ? reference : SourceSpan(file: id, range)))
  }
}

extension ListEncoding {
  fileprivate var text: TextEncoding {
    switch self {
    case .utf8: .utf8
    case .cp932: .cp932
    }
  }
}

extension ImportProfile.Export {
  /// Which list it is; nil where tenant.yaml does not say it.
  package func identity(in kind: ListKind) -> ConsoleList.Identity? {
    switch kind.identity {
    case .none: scope == nil && dictionary == nil ? .whole : nil
    case .scope: dictionary == nil ? scope.map { .scope($0.value.neutral) } : nil
    case .dictionary: scope == nil ? dictionary.map { .dictionary($0.value.text) } : nil
    }
  }
}

/// How a list of tenant.yaml and the console's differ.
package struct ListComparison: Sendable {
  package let kind: ListKind
  package let identity: ConsoleList.Identity
  package let title: String
  package let state: State
  package let span: SourceSpan

  package enum State: Sendable {
    /// No export says what the console holds.
    case unknown
    case known(same: Int, new: [ListEntry], gone: [ListEntry])
  }

  package static func comparisons(
    of lists: [ConsoleList], with exchange: ListExchange
  ) -> [ListComparison] {
    var exports: [Key: ListExchange.Export] = [:]
    for export in exchange.exports {
      exports[Key(kind: export.kind, identity: export.identity)] = export
    }
    var result: [ListComparison] = lists.map { list in
      let key = Key(kind: list.kind, identity: list.identity)
      let export = exports.removeValue(forKey: key)
      return ListComparison(
        list,
        export.flatMap { export in
          exchange.profiles[list.kind].map { profile in
            State(list.rows.map { profile.entry($0) }, export.entries)
          }
        } ?? .unknown)
    }
    for export in exchange.exports
    where exports.removeValue(forKey: Key(kind: export.kind, identity: export.identity)) != nil {
      result.append(
        ListComparison(
          ConsoleList(export.kind, export.identity, .lists, at: export.span, rows: []),
          State([], export.entries)))
    }
    return result
  }

  private struct Key: Hashable {
    let kind: ListKind
    let identity: ConsoleList.Identity
  }

  private init(_ list: ConsoleList, _ state: State) {
    kind = list.kind
    identity = list.identity
    title = list.title
    span = list.span
    self.state = state
  }
}

extension ListComparison.State {
  fileprivate init(_ wanted: [ListEntry], _ held: [ListEntry]) {
    let there = Set(held)
    var seen: Set<ListEntry> = []
    var same = 0
    var new: [ListEntry] = []
    for entry in wanted where seen.insert(entry).inserted {
      if there.contains(entry) { same += 1 } else { new.append(entry) }
    }
    self = .known(same: same, new: new, gone: held.filter { !seen.contains($0) })
  }
}

package import Diagnostics
package import Procedure
internal import SourceText
internal import TableText
package import TenantModel
internal import Wording

extension Rule {
  /// Import profiles by themselves: what can be said without their files.
  static let importProfiles = Rule([.importProfile, .exportPlace]) { input, bag in
    bag.add(contentsOf: findings(of: input.tenant.gateway.importProfiles))
  }

  fileprivate static func findings(of profiles: [ImportProfile]) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for (again, first) in profiles.repetitions(of: \.list.value) {
      findings.append(
        .profile(
          at: again.list.span,
          .init(
            ja: "「\(again.list.value.rawValue)」の指定が2つある",
            en: "\"\(again.list.value.rawValue)\" has two profiles"), first: first.list.span))
    }
    for profile in profiles {
      findings += profile.columnFindings()
      findings += profile.exportFindings()
    }
    for (again, first) in profiles.flatMap(\.exports).repetitions(of: { $0.file.value.path }) {
      findings.append(
        Diagnostic(
          .exportPlace, at: again.file.span,
          .init(
            ja: "同じファイルが2つの一覧の書き出しになっている",
            en: "the same file is the export of two lists"), labels: [.first(first.file.span)]))
    }
    return findings
  }

  /// Samples, and whether they are as tenant.yaml says.
  static let listFiles = Rule(
    [.listFileEncoding, .unexplainedColumn, .missingColumn, .unclearTable]
  ) { input, bag in
    let exchange = input.exchange
    for issue in exchange.issues {
      if let finding = issue.fileFinding { bag.add(exchange.readable(finding)) }
    }
  }

  /// What the console holds that tenant.yaml cannot.
  static let listExports = Rule([.foreignEntry, .blankColumn]) { input, bag in
    let exchange = input.exchange
    for issue in exchange.issues {
      if let finding = issue.entryFinding { bag.add(exchange.readable(finding)) }
    }
  }
}

extension TenantRules {
  /// The findings about import profiles and their files where no tenant is around them.
  package static func findings(
    of exchange: ListExchange, _ profiles: [ImportProfile]
  ) -> [Diagnostic] {
    Rule.findings(of: profiles)
      + exchange.issues.compactMap { $0.fileFinding ?? $0.entryFinding }.map(exchange.readable)
  }
}

extension ListExchange {
  /// The finding without its line, where the line is not UTF-8 and would show other characters.
  fileprivate func readable(_ finding: Diagnostic) -> Diagnostic {
    guard unreadable.contains(finding.primary.file) else { return finding }
    return Diagnostic(
      finding.code, at: finding.primary, finding.message, help: finding.help,
      labels: finding.labels, fixes: finding.fixes, hidesSource: true)
  }
}

extension ImportProfile {
  fileprivate func columnFindings() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    func add(_ span: SourceSpan, _ ja: String, _ en: String, help: LocalizedText? = nil) {
      findings.append(.profile(at: span, .init(ja: ja, en: en), help: help))
    }
    if columns.count > Self.limit {
      add(
        list.span, "列が\(Self.limit)を超えている", "there are more than \(Self.limit) columns")
    }
    for column in columns where column.words.count > Self.limit {
      add(
        column.content.span, "wordsが\(Self.limit)を超えている",
        "there are more than \(Self.limit) words")
    }
    if columns.contains(where: { $0.header != nil }) {
      for column in columns where column.header == nil {
        add(
          column.span, "この列にだけ見出しがない", "this column has no header, and others have one")
      }
    }
    for (again, first) in columns.filter({ $0.header != nil }).repetitions(of: { $0.header?.value })
    {
      findings.append(
        .profile(
          at: again.header?.span ?? again.span,
          .init(ja: "同じ見出しの列が2つある", en: "two columns have the same header"),
          first: first.header?.span ?? first.span))
    }
    for (again, first) in columns.filter({ $0.value != nil }).repetitions(of: \.value) {
      findings.append(
        .profile(
          at: again.content.span,
          .init(ja: "同じ値の列が2つある", en: "two columns hold the same value"),
          first: first.content.span))
    }
    let kind = list.value
    let held = Set(columns.compactMap(\.value))
    for column in columns {
      guard let value = column.value, !kind.columnValues.contains(value) else { continue }
      add(
        column.content.span, "「\(kind.rawValue)」に値「\(value.rawValue)」はない",
        "\"\(kind.rawValue)\" has no value \"\(value.rawValue)\"",
        help: .init(
          ja: "使える値: " + kind.columnValues.map(\.rawValue).joined(separator: "、"),
          en: "its values are: " + kind.columnValues.map(\.rawValue).joined(separator: ", ")))
    }
    let isNetwork = held.contains(.ip) && (held.contains(.netmask) || held.contains(.prefixLength))
    for value in kind.needed where !held.contains(value) && !(value == .entry && isNetwork) {
      add(
        list.span, "「\(kind.rawValue)」に値「\(value.rawValue)」の列がない",
        "\"\(kind.rawValue)\" has no column for \"\(value.rawValue)\"",
        help: kind.columnValues.contains(.ip)
          ? .init(
            ja: "entry、またはipとnetmask(かprefix-length)の列を書く",
            en: "give it a column for entry, or for ip and netmask or prefix-length") : nil)
    }
    for column in columns {
      for (again, first) in column.words.repetitions(of: { $0.shown.value.text }) {
        findings.append(
          .profile(
            at: again.shown.span,
            .init(
              ja: "画面の言葉「\(again.shown.value.text.excerpt())」が2つの値を表す",
              en: "the console's word \"\(again.shown.value.text.excerpt())\" means two values"),
            first: first.shown.span))
      }
      for (again, first) in column.words.repetitions(of: { $0.word.value.text }) {
        findings.append(
          .profile(
            at: again.word.span,
            .init(
              ja: "「\(again.word.value.text.excerpt())」に画面の言葉が2つある",
              en: "\"\(again.word.value.text.excerpt())\" has two words of the console's"),
            first: first.word.span))
      }
    }
    return findings
  }

  fileprivate func exportFindings() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for export in exports where export.identity(in: list.value) == nil {
      let help: LocalizedText =
        switch list.value.identity {
        case .none: .init(ja: "scopeもdictionaryも書かない", en: "write neither scope nor dictionary")
        case .scope: .init(ja: "scopeだけを書く", en: "write scope, and not dictionary")
        case .dictionary: .init(ja: "dictionaryだけを書く", en: "write dictionary, and not scope")
        }
      findings.append(
        Diagnostic(
          .exportPlace, at: export.span,
          .init(
            ja: "「\(list.value.rawValue)」のどの一覧の書き出しかわからない",
            en: "it is not clear of which \"\(list.value.rawValue)\" list this is an export"),
          help: help))
    }
    let known = exports.filter { $0.identity(in: list.value) != nil }
    for (again, first) in known.repetitions(of: { $0.identity(in: list.value) }) {
      findings.append(
        Diagnostic(
          .exportPlace, at: again.span,
          .init(ja: "同じ一覧の書き出しが2つある", en: "the list has two exports"),
          labels: [.first(first.span)]))
    }
    return findings
  }
}

extension ListKind {
  /// The values without which a list means nothing.
  fileprivate var needed: [ListValue] {
    switch self {
    case .groups: [.path]
    case .review: [.name, .then]
    default: [.entry]
    }
  }
}

extension ListExchange.Issue {
  fileprivate var fileFinding: Diagnostic? {
    switch reason {
    case .table(let reason, let bytes): table(reason, bytes)
    case .unknownColumn(let name):
      Diagnostic(
        .unexplainedColumn, at: span,
        .init(
          ja: "列「\(name.excerpt())」の意味がtenant.yamlにない",
          en: "tenant.yaml does not say what the column \"\(name.excerpt())\" means"),
        help: .init(
          ja: "columnsに value、text、blank のどれかで書く",
          en: "name it in columns, with value, text or blank"))
    case .repeatedColumn(let name):
      Diagnostic(
        .unexplainedColumn, at: span,
        .init(
          ja: "見出し「\(name.excerpt())」が見本に2つある",
          en: "the sample has the header \"\(name.excerpt())\" twice"))
    case .formulaHeader(let name):
      Diagnostic(
        .unclearTable, at: span,
        .init(
          ja: "見出し「\(name.excerpt())」は数式と読まれる",
          en: "a spreadsheet takes the header \"\(name.excerpt())\" for a formula"))
    case .missingColumn(let name):
      Diagnostic(
        .missingColumn, at: span,
        .init(
          ja: "見出し「\(name.excerpt())」が見本にない",
          en: "the sample has no header \"\(name.excerpt())\""))
    case .foreign, .remark: nil
    }
  }

  fileprivate var entryFinding: Diagnostic? {
    switch reason {
    case .foreign(let text, let expected):
      Diagnostic(
        .foreignEntry, at: span,
        expected.map { expected in
          .init(
            ja: "「\(expected.excerpt())」のはずの列に「\(text.excerpt())」がある",
            en: "a column that is always \"\(expected.excerpt())\" holds \"\(text.excerpt())\"")
        }
          ?? .init(
            ja: "「\(text.excerpt())」はtenant.yamlの値の形でない",
            en: "\"\(text.excerpt())\" has not the form of a value of tenant.yaml"),
        help: .init(
          ja: "残すかどうかを決め、残すなら手で設定する", en: "decide whether it stays; if so, set it by hand"))
    case .remark(let text):
      Diagnostic(
        .blankColumn, at: span,
        .init(
          ja: "空にする列に「\(text.excerpt())」がある",
          en: "a column that stays empty holds \"\(text.excerpt())\""))
    default: nil
    }
  }

  private func table(_ reason: TableProblem.Reason, _ bytes: [UInt8]) -> Diagnostic {
    let shown = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
      .joined(separator: " ")
    let number = span.lowerBound + 1
    func encoding(_ ja: String, _ en: String, help: LocalizedText? = nil) -> Diagnostic {
      Diagnostic(.listFileEncoding, at: span, .init(ja: ja, en: en), help: help)
    }
    func unclear(_ ja: String, _ en: String) -> Diagnostic {
      Diagnostic(.unclearTable, at: span, .init(ja: ja, en: en))
    }
    switch reason {
    case .encoding(let name):
      return encoding(
        "\(number)バイト目の\(shown)は\(name.rawValue)でない",
        "byte \(number), \(shown), is not \(name.rawValue)")
    case .noEncoding:
      return encoding(
        "\(number)バイト目の\(shown)はUTF-8でもCP932でもない",
        "byte \(number), \(shown), is neither UTF-8 nor CP932")
    case .utf16:
      return encoding(
        "ファイルがUTF-16である", "the file is UTF-16",
        help: .init(ja: "「CSV UTF-8」で保存し直す", en: "save it as CSV UTF-8"))
    case .empty: return unclear("見本が空である", "the sample is empty")
    case .openQuote: return unclear("閉じていない引用符", "a quote is not closed")
    case .afterQuote:
      return unclear("閉じた引用符のあとに文字がある", "something follows a closing quote")
    case .strayQuote:
      return unclear("引用符で始まらない値の中に引用符がある", "a quote within a value that begins with none")
    case .tooLong:
      return unclear(
        "\(TableReader.limit)行を超えている", "there are more than \(TableReader.limit) rows")
    case .noDelimiter:
      return unclear(
        "この行から、tenant.yamlの列が1とおりに決まらない",
        "not exactly one of comma, tab and semicolon gives this line the columns of tenant.yaml")
    case .uneven(let count, let expected):
      return unclear(
        "列が\(expected)個のはずの行に\(count)個ある", "a row has \(count) columns, not \(expected)")
    case .lineEnds:
      return unclear("この行の改行がほかの行と違う", "this line ends differently from those before")
    case .quoting:
      return unclear(
        "同じ列に、引用符の要らない値が付きと付きなしで混ざっている",
        "values of this column that need no quotes have them in some rows only")
    case .header:
      return unclear("1行目が見本の見出しと違う", "the first line is not the sample's header")
    }
  }
}

extension Diagnostic {
  fileprivate static func profile(
    at span: SourceSpan, _ message: LocalizedText, help: LocalizedText? = nil,
    first: SourceSpan? = nil
  ) -> Diagnostic {
    Diagnostic(
      .importProfile, at: span, message, help: help, labels: first.map { [.first($0)] } ?? [])
  }
}

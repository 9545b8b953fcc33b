internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The SPF record that the zone has today must be one, and readable, to be merged.
  static let zoneSPF = Rule([.twoSPFRecords, .unreadableSPF, .termsAfterAll]) { input, bag in
    for spf in input.domainsWithSPF {
      guard let zone = spf.zone, let text = spf.texts.first else { continue }
      let span = zone.span("@", .txt)
      let name = spf.domain.name.value.unicode.excerpt()
      if spf.texts.count > 1 {
        bag.add(
          Diagnostic(
            .twoSPFRecords, at: span,
            .init(
              ja: "「\(name)」のゾーンにSPFレコードが\(spf.texts.count)つある",
              en: "the zone of \"\(name)\" has \(spf.texts.count) SPF records"),
            help: .init(
              ja: "1つのレコードにまとめる: "
                + spf.texts.prefix(5).map { "「\($0.excerpt())」" }.joined(separator: "、"),
              en: "make them one record: "
                + spf.texts.prefix(5).map { "\"\($0.excerpt())\"" }.joined(separator: ", ")),
            labels: [.domain(spf.domain.name.span)]))
        continue
      }
      do throws(SPFParseError) {
        let record = try SPFRecord(parsing: text)
        if let late = record.terms.afterAll.first {
          bag.add(
            Diagnostic(
              .termsAfterAll, at: span,
              .init(
                ja: "「\(name)」のSPFで、allのあとの「\(late.description.excerpt())」は読まれない",
                en:
                  "in the SPF of \"\(name)\", \"\(late.description.excerpt())\" after all is not read"
              ),
              help: .init(
                ja: "必要なら senders に書く。不要ならこのままでよい(合成したレコードからは消える)",
                en: "put it in senders if it is needed; the merged record does not have it"),
              labels: [.domain(spf.domain.name.span)]))
        }
      } catch {
        let bytes = Array(text.utf8)
        let term = String(decoding: bytes[error.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
        bag.add(
          Diagnostic(
            .unreadableSPF, at: span,
            .init(
              ja: "「\(name)」のSPFの「\(term.excerpt())」を項として読めない",
              en: "\"\(term.excerpt())\" in the SPF of \"\(name)\" is not a term"),
            help: error.reason.advice, labels: [.domain(spf.domain.name.span)]))
      }
    }
  }

  /// The zone is not known, so what it has cannot be kept.
  static let zoneUnknown = Rule([.zoneUnknown], judgesAbsence: true) { input, bag in
    for spf in input.domainsWithSPF where spf.zone == nil && spf.domain.zone == nil {
      let name = spf.domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .zoneUnknown, at: spf.domain.name.span,
          .init(
            ja: "「\(name)」のゾーンがわからず、今のSPFと合成できない",
            en: "the zone of \"\(name)\" is not known, so its SPF cannot be merged"),
          help: .init(
            ja: "ゾーンファイルを置き、zone: { file: … } と書く",
            en: "put its zone file beside and write zone: { file: … }")))
    }
  }
}

extension Diagnostic.Label {
  static func domain(_ span: SourceSpan) -> Diagnostic.Label {
    .init(span, .init(ja: "このドメイン", en: "this domain"))
  }
}

extension [SPFTerm] {
  /// The directives after the first `all`; modifiers may stand anywhere.
  fileprivate var afterAll: [SPFTerm] {
    guard let all = firstIndex(where: { $0.mechanism == .all }) else { return [] }
    return self[(all + 1)...].filter { $0.mechanism != nil }
  }
}

extension SPFParseError.Reason {
  fileprivate var advice: LocalizedText? {
    switch self {
    case .missingBlank: .init(ja: "項と項の間に空白を入れる", en: "put a blank between two terms")
    case .addressAsDomain(let address):
      .init(ja: "ip4:\(address.excerpt()) と書く", en: "write ip4:\(address.excerpt())")
    case .duplicateModifier(let name):
      .init(ja: "\(name) は1つだけにする", en: "keep one \(name) only")
    default:
      .init(
        ja: "ゾーンのレコードを直してから、ゾーンファイルを書き出し直す",
        en: "correct the record, then export the zone again")
    }
  }
}

extension DiagnosticCode {
  static let twoSPFRecords = DiagnosticCode(
    3010, .error,
    title: .init(ja: "2つあるSPFレコード", en: "two SPF records"),
    explanation: .init(
      ja: "SPFレコードが2つ以上あると、受信側は永続エラー(permerror)とし、どちらも使いません。mgcは、どちらの項を残すのか決められません。1本にまとめます。",
      en:
        "With more than one SPF record, receivers find a permanent error and use neither. mgc cannot know which terms should stay. Join them into one."
    ),
    example: #"@ 3600 IN TXT "v=spf1 mx ~all""# + "\n"
      + #"@ 3600 IN TXT "v=spf1 include:_spf.google.com ~all""#,
    source: "RFC 7208 section 4.5")
  static let unreadableSPF = DiagnosticCode(
    3011, .error,
    title: .init(ja: "読めないSPFレコード", en: "an SPF record that cannot be read"),
    explanation: .init(
      ja:
        "今のSPFレコードに文法の誤りがあり、受信側は永続エラー(permerror)とします。直さないまま項を加えても、正しくなりません。ゾーンの記載を直してから、もう一度確かめます。",
      en:
        "The zone's SPF record has a syntax error, a permanent error for receivers. Terms added to it would not help. Correct the zone first."
    ),
    example: #"@ 3600 IN TXT "v=spf1 ip4:192.0.2.1~all""#, source: "RFC 7208 section 4.6")
  static let termsAfterAll = DiagnosticCode(
    3019, .warning,
    title: .init(ja: "allのあとの項", en: "terms after all"),
    explanation: .init(
      ja: "allは必ず一致するので、そのあとの項は読まれません。書いた人は有効なつもりだったはずです。消すか、all の前に移します。",
      en:
        "all always matches, so what comes after it is never read, though somebody meant it to be. Remove it, or move it before all."
    ),
    example: #"@ 3600 IN TXT "v=spf1 mx ~all ip4:198.51.100.7""#, source: "RFC 7208 section 5.1")
  static let zoneUnknown = DiagnosticCode(
    3022, .note,
    title: .init(ja: "わからないゾーン", en: "a zone that is not known"),
    explanation: .init(
      ja:
        "SPFは今のレコードに項を足して作ります。今のレコードがわからないと、tenant.yamlとMailGatesの項だけになり、ほかの送信元が漏れます。",
      en:
        "SPF is made of what the zone has and what is added. Where the zone is unknown, only tenant.yaml's and MailGates' terms are in it, and other senders are left out."
    ),
    example: "domains: [{ name: kaede.example, spf: { all: softfail } }]",
    source: "RFC 7208 section 3.2")
}

internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// What changes in the DNS of each step before and at the cutover, for those who type it into
  /// the form of a DNS service.
  static let recordPages = Emitter { procedure in
    [Step.senderAuthentication, .ttl, .mxCutover].compactMap { step in
      let page = RecordPage(procedure, step)
      return page.isEmpty ? nil : Artifact(step.path + "records.md", page.document)
    }
  }
}

private struct RecordPage {
  let procedure: Procedure
  let step: Step
  let parts: [(domain: DomainChanges, changes: [RecordChange])]

  init(_ procedure: Procedure, _ step: Step) {
    self.procedure = procedure
    self.step = step
    parts = procedure.domains.compactMap { domain in
      let changes: [RecordChange] =
        switch step {
        case .senderAuthentication: domain.senderAuthentication
        case .ttl: [domain.transportPolicy?.before?.record, domain.lowerTTL].compactMap { $0 }
        case .mxCutover: domain.cutover.map { [$0] } ?? []
        case .login, .mailServer, .settings, .deliveryTarget, .afterwards: []
        }
      let hasWaiting = step == .senderAuthentication && !domain.waitingKeys.isEmpty
      return changes.isEmpty && !hasWaiting ? nil : (domain, changes)
    }
  }

  var isEmpty: Bool { parts.isEmpty }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  private var nothing: Markdown { say("なし", "none") }

  var document: MarkdownPage {
    var page = MarkdownPage()
    page.heading(
      1,
      say(
        "手順\(step.number)のDNSレコード", "DNS records of step \(step.number)"))
    page.paragraph(
      say(
        "DNSの管理画面で入力する値です。同じ内容のゾーンファイルがこのフォルダーにあります。どちらか一方を使います。表にないレコードには触れないでください。",
        "The values to type into the form of your DNS service. The zone files in this folder say the same: use the one or the other. Leave records alone that are not in the tables."
      ))
    page.bullets(
      [
        say(
          "名前の欄がドメイン名を自動で補う画面では「相対名」を、補わない画面では「完全な名前」を入力します。\(code: "@")はドメインそのものです。",
          "Where the form adds the domain to the name by itself, enter the relative name; else the full one. \(code: "@") is the domain itself."
        )
      ] + hints)
    for part in parts { add(part.domain, part.changes, to: &page) }
    return page
  }

  private var hints: [Markdown] {
    let exchangers = say(
      "MXの値は「優先度 ホスト名」です。欄が分かれている画面では、分けて入力します。",
      "The value of an MX record is its priority and its host. Where the form has a field for each, enter them apart."
    )
    switch step {
    case .senderAuthentication:
      return [
        say(
          "「削除する値」のある行は、今のレコードをその値から「入力する値」に書き換えます。新しいレコードを並べて加えると、SPFやDMARCは無効になります。",
          "Where a row has a value to remove, change that record into the value to enter. A second record beside it would make SPF or DMARC invalid."
        ),
        say(
          "TXTの値は1行で入力します。前後の引用符が要るか、255文字を超える値を分けるかは、画面の案内に従ってください。",
          "Enter the value of a TXT record in one line. Whether it takes quotes, and whether values of more than 255 characters are split, is for your DNS service to say."
        ),
      ]
    case .mxCutover:
      return [
        exchangers,
        say(
          "新しいMXをすべて加えてから、「削除する値」のMXを削除します。",
          "Add all new MX records first, then remove those to be removed."),
      ]
    case .ttl where !procedure.transportPolicies(\.before).isEmpty:
      return [
        exchangers,
        say(
          "MTA-STSのレコードは、ポリシーのファイルを公開してから入力します。",
          "Enter the record of MTA-STS only after the file of its policy is served."),
      ]
    default: return [exchangers]
    }
  }

  private func add(
    _ domain: DomainChanges, _ changes: [RecordChange], to page: inout MarkdownPage
  ) {
    let name = domain.domain.name.value
    page.heading(
      2,
      name.isInternationalized
        ? "\(text: name.unicode) (\(code: name.ascii))" : "\(code: name.ascii)")
    if !domain.isZoneKnown {
      page.quote(
        say(
          "このゾーンの今の内容は、mgcには分かりません。入力する前に今のレコードを調べ、控えてください。控えは、元に戻すときに使います。",
          "mgc does not know what this zone holds today. Look its records up and write them down before you enter anything: they are the way back."
        ))
    }
    if !changes.isEmpty {
      page.table(
        header: [
          say("用途", "Purpose"), say("相対名", "Relative name"), say("完全な名前", "Full name"),
          say("種別", "Type"), "TTL", say("入力する値", "Value to enter"),
          say("削除する値", "Value to remove"),
        ],
        rows: changes.flatMap { rows($0, isParked: domain.domain.role == .parked) })
    }
    if step == .senderAuthentication, let spf = domain.spf { add(spf, to: &page) }
    for key in domain.waitingKeys where step == .senderAuthentication {
      page.bullets([
        say(
          "\(code: key.selector.owner(in: name).absolute)のTXT（DKIM）は、公開鍵が決まってから加わります。\(link: "\(code: "dkim.md")", to: "dkim.md")を見てください。",
          "The TXT record at \(code: key.selector.owner(in: name).absolute) (DKIM) comes once the public key is known: see \(link: "\(code: "dkim.md")", to: "dkim.md")."
        )
      ])
    }
    page.checkboxes([
      say("入力したレコードがDNSで引けることを確かめた", "The DNS answers with what was entered")
    ])
  }

  /// Whose each term of the SPF record is, and what it costs.
  private func add(_ spf: SPFComposition, to page: inout MarkdownPage) {
    let language = procedure.tenant.language
    page.paragraph(
      say(
        "SPFの項の内訳です。DNSの問い合わせは、1つのレコードの評価で\(SPFRecord.lookupLimit)回までです。",
        "The terms of the SPF record. Evaluating a record may take \(SPFRecord.lookupLimit) DNS look-ups."
      ))
    page.table(
      header: [
        say("項", "Term"), say("だれのものか", "Whose"), say("問い合わせ", "Look-ups"),
        say("扱い", "What becomes of it"),
      ],
      rows: spf.lines.map { line in
        [
          "\(code: line.term.description)", "\(text: line.owner.title[language])",
          line.cost.map { "\($0.lookups)" } ?? "–", "\(text: line.fate.title[language])",
        ]
      })
    page.bullets(
      ["\(text: spf.budget.summary[language])"] + spf.basis.map { "\(text: $0[language])" })
  }

  private func rows(_ change: RecordChange, isParked: Bool) -> [[Markdown]] {
    func row(_ enter: Markdown, _ remove: Markdown) -> [Markdown] {
      [
        "\(text: change.purpose.title[procedure.tenant.language])",
        "\(code: change.owner.relative)", "\(code: change.owner.absolute)",
        "\(code: change.type.description)", "\(code: change.ttl.description)", enter, remove,
      ]
    }
    if change.isNothing { return [row(say("公開済み（変更なし）", "published already"), nothing)] }
    switch change.purpose {
    case .lowerTTL:
      let old = change.before?.ttl
      let note = old.map {
        say(
          "なし（TTLだけを\(code: $0.description)から変えます）",
          "none (only the TTL changes, from \(code: $0.description))")
      }
      guard let note else {
        return [
          row(
            say(
              "今のMXの値のまま（今のTTLを控え、これより大きければ、すべてのMXのTTLを変えます）",
              "the MX records as they are (write their TTL down; where it is more than this, change it on all of them)"
            ), nothing)
        ]
      }
      return change.after.map { row(value($0), note) }
    case .cutover:
      let old =
        change.isZoneKnown
        ? change.removed.map { row(nothing, value($0)) }
        : [
          row(nothing, say("今あるMXのすべて（控えてから）", "every MX record of today (write them down first)"))
        ]
      let kept = change.isZoneKnown ? change.after.filter { !change.added.contains($0) } : []
      // New ones first, so that the domain is never without an MX.
      return change.added.map { row(value($0), nothing) }
        + kept.map { row(say("\(value($0))（今のまま）", "\(value($0)) (stays)"), nothing) } + old
    case .spf, .dkim, .mailServerKey, .retiredKey, .dmarc, .reportAuthorization, .tlsReports,
      .transportPolicy, .restoreTTL:
      let old =
        change.isZoneKnown
        ? change.removed.map(value).joined(separator: " ") : toLookFor(change.purpose, isParked)
      let new = change.added.map(value).joined(separator: " ")
      return [
        row(
          change.added.isEmpty ? say("なし", "none") : new,
          change.isZoneKnown && change.removed.isEmpty ? nothing : old)
      ]
    }
  }

  /// What may be in the place of the record, where the zone is unknown.
  private func toLookFor(_ purpose: RecordChange.Purpose, _ isParked: Bool) -> Markdown {
    func one(_ start: String) -> Markdown {
      say(
        "\(code: start)で始まる今の値（あれば、控えてから）",
        "the value of today that begins with \(code: start), if any (write it down first)")
    }
    switch purpose {
    case .spf where isParked: return one("v=spf1")
    case .spf:
      return say(
        "\(code: "v=spf1")で始まる今の値があれば、控えて、左の値の項目をそれに書き足します。2つ目のSPFレコードは作りません。なければ、ほかの送信元も加えて公開します",
        "if a value begins with \(code: "v=spf1") today, write it down and add the terms of the value on the left to it; never make a second SPF record. If there is none, publish the value with the other senders added"
      )
    case .dmarc, .reportAuthorization: return one("v=DMARC1")
    case .tlsReports: return one("v=TLSRPTv1")
    case .transportPolicy: return one("v=STSv1")
    case .dkim, .mailServerKey, .retiredKey, .lowerTTL, .cutover, .restoreTTL:
      return say(
        "この名前にある今のTXTとCNAME（あれば、控えてから）",
        "the TXT and CNAME records of today at this name, if any (write them down first)")
    }
  }

  /// The value as one line: what a form takes, without the quotes of a zone file.
  private func value(_ datum: RecordData) -> Markdown {
    if case .txt(let value) = datum { return "\(code: value.text)" }
    return "\(code: datum.presentation)"
  }
}

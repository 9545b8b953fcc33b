internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// The records that others publish, so that DMARC reports come to them: a page to hand on.
  static let reportAuthorizations = Emitter { procedure in
    let page = ReportAuthorizationPage(procedure)
    return page.receivers.isEmpty
      ? []
      : [
        Artifact(
          Step.senderAuthentication.path + "\(name: DMARCWording.authorizationFile)", page.document)
      ]
  }
}

private struct ReportAuthorizationPage {
  let procedure: Procedure
  /// Who is to be asked, with what each has to publish; in the order of tenant.yaml.
  let receivers: [(name: DomainName, records: [ReportAuthorization])]

  init(_ procedure: Procedure) {
    self.procedure = procedure
    let asked = procedure.reportAuthorizations.filter(\.isAsked)
    let byReceiver = Dictionary(grouping: asked, by: \.receiver)
    var seen: Set<DomainName> = []
    receivers = asked.map(\.receiver).filter { seen.insert($0).inserted }.map { receiver in
      (receiver, byReceiver[receiver] ?? [])
    }
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  var document: MarkdownPage {
    var page = MarkdownPage()
    page.heading(1, say("DMARCレポートの宛先に頼むレコード", "Records for those who take DMARC reports"))
    page.paragraph(
      say(
        "DMARCのレポートを別の組織のドメインで受け取るには、受け取る側のDNSに許可のレコードが要ります(RFC 9990)。なければ、送る側はレポートを送りません。お客様のゾーンではなく、宛先のドメインのゾーンに置くレコードです。手順2のDMARCを公開する前に、宛先の管理者に頼んでください。",
        "Another organization that takes DMARC reports has to allow it by a record in its own DNS (RFC 9990), or nobody sends them. These records go into the zones of the receivers, not into yours. Ask their administrators for them before DMARC is published in step 2."
      ))
    page.bullets([
      say(
        "レポートを受け取るサービスは、すべてのドメインを許可するレコード(\(code: "*._report._dmarc"))をたいてい用意しています。下の確かめ方で答えがあれば、頼む必要はありません。",
        "Services that take reports usually allow every domain by \(code: "*._report._dmarc"). Where the question below is answered, there is nothing to ask for."
      ),
      say(
        "レコードを確かめたら、\(code: "mgc verify --record") で記録できます。記録したものは、このページから消えます。",
        "Once they are there, \(code: "mgc verify --record") records it, and they leave this page."),
    ])
    for receiver in receivers { add(receiver.name, receiver.records, to: &page) }
    return page
  }

  private func add(
    _ receiver: DomainName, _ records: [ReportAuthorization], to page: inout MarkdownPage
  ) {
    page.heading(2, .domain(receiver))
    let ttl = DomainChanges.usualTTL.description
    page.table(
      header: [
        say("だれのレポート", "Whose reports"), say("相対名", "Relative name"),
        say("完全な名前", "Full name"), say("種別", "Type"), "TTL", say("値", "Value"),
      ],
      rows: records.map { record in
        [
          .domain(record.domain), "\(code: record.label)", "\(code: record.owner + ".")",
          "\(code: "TXT")", "\(code: ttl)", "\(code: ReportAuthorization.text)",
        ]
      })
    page.paragraph(
      say(
        "相対名は、\(code: receiver.ascii) がゾーンの頂点である場合のものです。ゾーンファイルでは次のとおりです。",
        "The relative name is that of a zone whose top is \(code: receiver.ascii). In a zone file:")
    )
    page.codeBlock(
      language: "text",
      records.map { "\($0.owner). \(ttl) IN TXT \"\(ReportAuthorization.text)\"" }
        .joined(separator: "\n"))
    page.paragraph(say("確かめ方:", "How to see that it is there:"))
    page.codeBlock(
      language: "text",
      records.map { "dig +short TXT \($0.owner)" }.joined(separator: "\n"))
    page.checkboxes([
      say(
        "すべてに \(code: "v=DMARC1") で始まる値の答えがある",
        "Each answers with a value that begins with \(code: "v=DMARC1")")
    ])
  }
}

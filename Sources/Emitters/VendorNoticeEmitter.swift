internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// The letter that tells the vendor, a month ahead, where mail will come from
  /// (article 44234964774425).
  static let vendorNotice = Emitter { procedure in
    guard let relay = procedure.services.outbound?.relay,
      procedure.phases.contains(where: { $0.kind == .addressNotice })
    else { return [] }
    let notice = VendorNotice(procedure: procedure, relay: relay)
    return [Artifact(Step.mailServer.path + "vendor-notice.md", notice.page)]
  }
}

private struct VendorNotice {
  let procedure: Procedure
  let relay: Gateway.Relay

  private var tenant: Tenant { procedure.tenant }
  /// The day of the first cutover, by which mail leaves by way of MailGates.
  private var start: CalendarDate? { procedure.cutover?.value.date }
  private var isInbound: Bool { procedure.services.inbound != nil }
  /// The last day for the letter.
  private var deadline: CalendarDate? {
    start?.adding(days: -Catalogue.addressNoticeDays.value)
  }
  /// Who writes: the reseller, where there is one.
  private var sender: Contact? {
    tenant.contacts.first { $0.role == .reseller } ?? tenant.contacts.first { $0.role == .customer }
  }

  var page: BilingualPage {
    let days = Catalogue.addressNoticeDays.value
    var page = BilingualPage(
      procedure, ja: "送信元アドレスの事前連絡", en: "Tell the vendor the source addresses")
    page.paragraph(
      ja: """
        MailGatesへの中継は、送信元サーバーのグローバルIPアドレスで制御されます。提供元は、このアドレスが変わるときは\
        1か月前までに連絡するよう求めています。ここではその1か月を\(days)日とし、はじめて知らせるときも同じだけ前に送ります。
        """,
      en: """
        Relaying into MailGates is controlled by the global IP addresses of the sending servers. The \
        vendor wants to be told a month before they change. The month is taken as \(days) days here, \
        for the first notice as well.
        """)
    page.table(
      header: [.init(ja: "項目", en: "Item"), .init(ja: "値", en: "Value")],
      rows: [
        [.init(ja: "送る期限", en: "Send it by"), deadline?.words.markdown ?? Self.open],
        [.init(ja: "送り先", en: "To"), recipient],
        [.init(ja: "差出人", en: "From"), sender.map(Self.words) ?? Self.blank],
        [
          isInbound
            ? .init(ja: "使い始める日(MXの切替)", en: "In use from (MX change)")
            : .init(ja: "使い始める日", en: "In use from"),
          start?.words.markdown ?? Self.open,
        ],
      ])
    page.heading(2, ja: "送る前に", en: "Before you send it")
    page.checkboxes([
      .init(
        ja: "下のアドレスが、インターネットから見える送信元のアドレスと同じである",
        en: "The addresses below are those that the internet sees mail come from"),
      isInbound
        ? .init(
          ja: "送信の経路を切り替える日が、送る日から\(days)日以上後である。MXの切替より早く切り替えるときは、その分だけ早く送る",
          en: """
            The outbound route starts \(days) days or more after the letter is sent. Where it \
            starts before the MX records change, send the letter earlier by as much
            """)
        : .init(
          ja: "送信の経路を切り替える日が、送る日から\(days)日以上後である",
          en: "The outbound route starts \(days) days or more after the letter is sent"),
    ])
    page.heading(2, ja: "文面", en: "The letter")
    page.paragraph(
      ja: "送る日が期限と違うときは、日付を直します。",
      en: "Where it is sent on another day, correct the date.")
    if page.language == .en {
      page.code(letter(.en))
      page.page.paragraph("The vendor's pages are in Japanese. The same letter in Japanese:")
    }
    page.code(letter(.ja))
    page.heading(2, ja: "送った後に", en: "After it was sent")
    page.checkboxes([
      .init(ja: "送った日を控えた", en: "The day on which it was sent is written down"),
      .init(
        ja: "提供元から、これらのアドレスからの中継を許可したという返事があった。それまで送信の経路を切り替えない",
        en: """
          The vendor has answered that it allows relaying from these addresses. The outbound route \
          does not start before that
          """),
    ])
    page.paragraph(
      ja: "戻し方: 中継をやめるときや送信元のアドレスが変わるときは、同じ送り先に、同じだけ前に知らせます。",
      en: """
        The way back: where relaying ends or a source address changes, tell the same people as long \
        before.
        """)
    page.source(Catalogue.addressNoticeDays.source)
    return page
  }

  private static let open = MarkdownPhrase(
    ja: "日時未定(送信の経路を切り替える日から数える)",
    en: "no date yet: count from the day on which the outbound route starts")
  private static let blank = MarkdownPhrase(
    ja: "\(text: "________________")(記入する)", en: "\(text: "________________") (fill in)")

  private static func words(_ contact: Contact) -> MarkdownPhrase {
    .init(both: "\(text: contact.name.value.text) (\(code: contact.mail.value.description))")
  }

  private var vendor: Contact? { tenant.contacts.first { $0.role == .vendor } }

  private var recipient: MarkdownPhrase {
    vendor.map(Self.words)
      ?? .init(ja: "提供元のサポートサイトの「新規問い合わせ」", en: "「新規問い合わせ」 on the vendor's support site")
  }

  // MARK: The letter

  /// The text to send, as it is.
  private func letter(_ language: Language) -> String {
    func say(_ ja: String, _ en: String) -> String { LocalizedText(ja: ja, en: en)[language] }
    let line = "________________"
    let services = tenant.contract.services.map { $0.value.title[language] }
    let name = tenant.name.value.text
    var lines = [
      say(
        "件名: 送信元サーバーのグローバルIPアドレスのご連絡(\(name))",
        "Subject: global IP addresses of the sending servers (\(name))"),
      "", deadline?.plain[language] ?? line, "",
      vendor.map { say("\($0.name.value.text) 様", "Dear \($0.name.value.text)") }
        ?? say("サポート窓口 御中", "Dear support"),
      "",
      say(
        "MAILGATES Σへメールを中継するサーバーの、グローバルIPアドレスをお知らせします。",
        "These are the global IP addresses of the servers that will relay mail into MAILGATES Σ."),
      say(
        "下の日から中継できるよう、ご登録をお願いいたします。",
        "Please register them, so that they can relay from the day below."),
      "", say("お客様: ", "Customer: ") + name,
      say("契約: ", "Contract: ") + services.joined(separator: say("、", ", ")),
    ]
    if let access = tenant.notice?.accessName {
      lines.append(say("お客様アクセス名: ", "お客様アクセス名 (access name): ") + access.value.text)
    }
    lines += [
      say("中継先: ", "Relay: ") + "\(relay.host.value.ascii):\(relay.port.value)",
      say("使い始める日: ", "In use from: ") + (start?.plain[language] ?? line), "",
    ]
    for connection in procedure.connections where !connection.domains.isEmpty {
      lines.append(say("送信元サーバー: ", "Sending server: ") + connection.server.kindName)
      lines.append(
        say("  送信元ドメイン: ", "  Sender domains: ")
          + connection.domains.map(\.name.value.ascii).joined(separator: ", "))
      lines.append(
        say("  グローバルIPアドレス: ", "  Global IP addresses: ")
          + (addresses(of: connection.server)?[language] ?? line))
    }
    lines += [
      "", say("ご登録が済みましたら、下記までお知らせください。", "Please tell us when this is done."), "",
      sender.map { "\($0.name.value.text) <\($0.mail.value)>" } ?? line,
    ]
    return lines.joined(separator: "\n")
  }

  /// Nil where they are not known.
  private func addresses(of server: MailServer) -> LocalizedText? {
    switch server.family {
    case .microsoft365, .googleWorkspace:
      return .init(
        ja: "クラウドサービスの送信元アドレスです。中継を許可する方法をお知らせください。",
        en: "those of the cloud service. Please tell us how relaying is allowed.")
    case .other:
      let known = server.addresses.map(\.value.description)
      return known.isEmpty ? nil : .init(both: known.joined(separator: ", "))
    }
  }
}

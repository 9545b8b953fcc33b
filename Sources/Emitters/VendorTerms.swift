internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the vendor asks of a connected mail server, for the pages that people follow.
extension BilingualPage {
  /// What holds for mail that the server hands to MailGates.
  mutating func relayTerms(domains: [TenantDomain]) {
    heading(2, ja: "送信を経由させる条件", en: "Terms for mail that is handed over")
    bullets([
      .init(
        ja: """
          エンベロープの送信元とヘッダーのFromは、どちらも契約ドメイン(\(codes(domains)))でなければなりません。\
          他社ドメインの送信元を残す転送メールは、MailGatesを経由させません。
          """,
        en: """
          The envelope sender and the From header must both be in a domain of the contract \
          (\(codes(domains))). Forwarded mail that keeps a sender of another domain does not go \
          by way of MailGates.
          """),
      .init(
        ja: """
          メールマガジンなどの一斉配信は禁止されています。迷惑メールが大量に出ると、予告なく中継が止められます。\
          短時間の集中は一時的に拒否されます。
          """,
        en: """
          Newsletters and other bulk mail are forbidden. Large amounts of spam end the relaying \
          without notice, and short bursts are refused for a time.
          """),
      .init(
        ja: "第三者の中継に使われないよう、メールサーバー側で対策しておきます。",
        en: "The mail server itself must not be an open relay."),
      .init(
        ja: "メールサーバーは24時間365日、動かしておきます。",
        en: "The mail server has to run around the clock, every day."),
    ])
  }

  /// What has to be so before mail is sent by way of MailGates, with what the server asks for.
  mutating func startConditions(_ more: [MarkdownPhrase]) {
    quote(
      ja: """
        手順2(SPF・DKIM・DMARCの公開)が済み、変更前のTTLが過ぎてから行います。早すぎると、受信者の側でSPFが失敗し、\
        迷惑メールと判定されます。
        """,
      en: """
        Do this after step 2 (publish SPF, DKIM and DMARC), once the old TTL of the records has \
        passed. Too early, SPF fails at the receivers, and mail is taken for spam.
        """)
    heading(2, ja: "始める前に", en: "Before you begin")
    let general: [MarkdownPhrase] = [
      .init(
        ja: "すべてのドメインのSPF、DKIM、DMARCがDNSに公開され、変更前のTTLが過ぎた。",
        en: """
          SPF, DKIM and DMARC of all domains are published in the DNS, and their old TTL has passed.
          """),
      .init(
        ja: "MailGatesでDKIMの署名が有効になっている。",
        en: "Signing by DKIM is on in MailGates."),
    ]
    checkboxes(general + more)
  }

  /// The addresses by which the vendor knows the server.
  mutating func addressNotice(_ addresses: [Located<IPPrefix>]) {
    if addresses.isEmpty {
      paragraph(
        ja: "送信元サーバーのグローバルIPアドレスで中継が許可されます。使うアドレスを、あらかじめ提供元に確かめます。",
        en: """
          Relaying is allowed by the global IP addresses of the sending server. Check with the \
          vendor beforehand which ones it knows.
          """)
    } else {
      paragraph(
        ja: "送信元サーバーのグローバルIPアドレスで中継が許可されます。tenant.yamlにあるアドレスは次のとおりです。",
        en: """
          Relaying is allowed by the global IP addresses of the sending server. tenant.yaml has \
          these:
          """)
      bullets(addresses.map { .value($0.value.description) })
    }
    let days = Catalogue.addressNoticeDays.value
    paragraph(
      ja: "このアドレスを変えるときは、変更の1か月(\(days)日)以上前に提供元へ知らせます。",
      en: "Tell the vendor a month (\(days) days) or more before these addresses change.")
    source(Catalogue.addressNoticeDays.source)
  }

  /// What holds for mail that MailGates delivers.
  mutating func deliveryTerms(_ egress: [IPPrefix]) {
    heading(2, ja: "受信の条件", en: "Terms for mail that is delivered")
    bullets([
      .init(
        ja: """
          MailGatesから届くメールには、SPF、DKIM、DMARCの検査をかけません。送信元のアドレスがすべてMailGatesになり、\
          正しいメールまで失敗と判定されるためです。検査はMailGatesが行います。
          """,
        en: """
          Mail that comes from MailGates is not checked for SPF, DKIM and DMARC: its source is \
          always MailGates, so that good mail would fail. MailGates does the checking.
          """),
      .init(
        ja: "メールサーバーは24時間365日、受信できる状態にしておきます。",
        en: "The mail server has to be up around the clock, every day."),
      .init(
        ja: """
          同じMailGatesを使う他のお客様からのメールは、MXを切り替える前からMailGates経由で届くことがあります。\
          そのため、この設定はMXの切替より前に済ませます。
          """,
        en: """
          Mail from other customers of the same MailGates can come by way of it even before the \
          MX records change. So this is done ahead of the change.
          """),
      .init(
        ja: """
          メールを受信するアカウントは、MXを切り替える前に、すべてMailGatesに登録しておきます。\
          登録の方法は公開されていないため、提供元のサポート窓口に確かめます。
          """,
        en: """
          All accounts that receive mail must be registered in MailGates before the MX records \
          change. How is not published: ask the vendor's support.
          """),
    ])
    paragraph(ja: "MailGatesの配送元アドレス:", en: "The addresses that MailGates delivers from:")
    bullets(egress.map { .value($0.description) })
    source(Catalogue.addressNoticeDays.source)
  }

  /// Names where a statement stands.
  mutating func source(_ address: String) {
    paragraph(
      ja: "出典: \(link: "\(text: address)", to: address)",
      en: "Source: \(link: "\(text: address)", to: address)")
  }
}

extension MailServer {
  /// What it is, in words that are the same in both languages or the tenant's own.
  var kindName: String {
    switch kind {
    case .microsoft365: "Microsoft 365"
    case .googleWorkspace: "Google Workspace"
    case .postfix(let postfix): "Postfix (\(postfix.host.value.ascii))"
    case .other(let other): other.description.value.text
    }
  }
}

/// Names of domains, each as code, with what people read before an A-label.
func codes(_ domains: [TenantDomain]) -> Markdown {
  domains.map { domain -> Markdown in
    let name = domain.name.value
    return name.isInternationalized
      ? "\(text: name.unicode) (\(code: name.ascii))" : "\(code: name.ascii)"
  }.joined(separator: ", ")
}

internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// microsoft365.md: the scripts in their order, what they print, and the way back.
struct ExchangeScriptPage {
  let procedure: Procedure
  let connection: MailServerConnection
  let settings: Microsoft365
  let exchange: ExchangeConnection

  private var name: String { connection.server.name.value.text }
  private var startsInbound: Bool { exchange.inboundConnector != nil }
  private var startsOutbound: Bool { exchange.outboundConnector != nil }

  var page: MarkdownPage {
    var page = MarkdownPage()
    page.heading(
      1,
      say(
        "Microsoft 365 \(code: name) の連携設定", "Connect Microsoft 365 \(code: name)"))
    page.paragraph(
      say(
        """
        Exchange Onlineのコネクタとルールを、スクリプトで作成します。作成するだけでは何も有効になりません。\
        有効にするのは別のスクリプトで、どのスクリプトも実行のたびに前提を確かめ、読み取れないときは止まります。
        """,
        """
        Scripts create the connectors and rules of Exchange Online. Creating them enables nothing.
        Other scripts enable them. Each checks in its own run what it depends on, and stops where it
        cannot read that.
        """))
    addConnecting(to: &page)
    addOrder(to: &page)
    addOutput(to: &page)
    addObjects(to: &page)
    addEvidence(to: &page)
    addWayBack(to: &page)
    return page
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  private func addConnecting(to page: inout MarkdownPage) {
    let tenant = settings.tenant.value.ascii
    page.heading(2, say("接続", "Connect"))
    page.bullets([
      say(
        "Windows上のPowerShellで実行します(\(code: "Resolve-DnsName") を使うため)。",
        "Run them in PowerShell on Windows, because they use \(code: "Resolve-DnsName")."),
      say(
        "モジュール \(code: "ExchangeOnlineManagement") 3.0.0以上が必要です。",
        "They need the module \(code: "ExchangeOnlineManagement") 3.0.0 or later."),
      say(
        "Exchange管理者の役割で十分です。",
        "The role Exchange Administrator is enough."),
      say(
        "スクリプトは \(code: tenant) に接続していないと止まります。",
        "The scripts stop unless the session belongs to \(code: tenant)."),
    ])
    page.codeBlock("Connect-ExchangeOnline -UserPrincipalName \(quoted: "admin@" + tenant)")
    page.paragraph(
      say(
        "販売店が委任された権限で接続するときは、次のようにします。\(code: "admin@…") はご自身のアドレスに置き換えてください。",
        "A reseller with delegated rights connects as follows. Put your own address in place of \(code: "admin@…")."
      ))
    page.codeBlock(
      "Connect-ExchangeOnline -UserPrincipalName \(quoted: "admin@reseller.example") -DelegatedOrganization \(quoted: tenant)"
    )
  }

  private func addOrder(to page: inout MarkdownPage) {
    page.heading(2, say("順序", "Order"))
    page.paragraph(
      say(
        "変更するスクリプトは、まず \(code: "-WhatIf") を付けて実行し、何が変わるかを確かめてください。",
        "Run each script that changes something with \(code: "-WhatIf") first, and read what it would change."
      ))
    var items = [
      say(
        "\(code: "preflight.ps1"): 現状を一覧にします。何も変更しません。\(code: "problem") の行を先に解決します。",
        "\(code: "preflight.ps1") lists what is there and changes nothing. Resolve the lines with \(code: "problem") first."
      ),
      say(
        "\(code: "connect.ps1"): コネクタとルールを無効の状態で作成します。何度実行してもかまいません。",
        "\(code: "connect.ps1") creates the connectors and rules, disabled. It may be run any number of times."
      ),
    ]
    if startsInbound {
      items.append(
        say(
          "\(code: "start-inbound.ps1"): 受信コネクタを有効にします。MXレコードの切替より前に実行します。",
          "\(code: "start-inbound.ps1") enables the inbound connector. Run it before the MX records change."
        ))
    }
    if startsOutbound {
      items.append(
        say(
          """
          \(code: "start-outbound.ps1"): SPFの公開を確かめ、テストメールを送ってから、送信コネクタとルールを有効にします。\
          テストメールの宛先には、ご自身が読める社外のアドレスを指定します。
          """,
          """
          \(code: "start-outbound.ps1") checks that SPF is published, sends a test mail, then enables the
          outbound connector and its rule. Give it an address outside the organization that you can read.
          """))
    }
    if exchange.lockdown != nil {
      items.append(
        say(
          """
          \(code: "8-afterwards/\(name)/lockdown.ps1"): MXレコードの切替後、MailGatesを通らないメールを拒否します。\
          すべてのドメインのMXがMailGatesだけを指していないと止まります。
          """,
          """
          \(code: "8-afterwards/\(name)/lockdown.ps1") refuses mail that does not come by way of MailGates,
          after the MX records have changed. It stops unless the MX of every domain names MailGates alone.
          """))
    }
    page.checkboxes(items)
    page.codeBlock(
      """
      .\\preflight.ps1 | Format-Table -Wrap
      .\\connect.ps1 -WhatIf
      .\\connect.ps1
      """)
    if exchange.lockdown != nil {
      page.quote(
        say(
          """
          \(code: "lockdown.ps1") は組織のすべての承認済みドメインに効きます。\(code: settings.tenant.value.ascii) 宛に外部から\
          直接届くメールも拒否されます。自社ドメインを差出人にして直接送る外部サービスや複合機がないか、事前に確かめてください。
          """,
          """
          \(code: "lockdown.ps1") applies to every accepted domain of the organization. Mail that comes from
          outside to \(code: settings.tenant.value.ascii) is refused too. Find out beforehand whether a service
          or a device sends directly with your own domain as the sender.
          """))
    }
    addPilot(to: &page)
  }

  /// What covers the pilot users only, and how it comes to cover everyone.
  private func addPilot(to page: inout MarkdownPage) {
    let filters = startsInbound && settings.spamBypass == .enhancedFiltering
    guard !procedure.tenant.pilotMembers.isEmpty, filters || startsOutbound else { return }
    let covered =
      switch (filters, startsOutbound) {
      case (true, true):
        say("拡張フィルター処理と送信ルール", "enhanced filtering and the outbound rule")
      case (true, false): say("拡張フィルター処理", "enhanced filtering")
      default: say("送信ルール", "the outbound rule")
      }
    page.quote(
      say(
        """
        \(covered)の対象は、まずパイロットの方だけです。全員に広げるときは \(code: "tenant.yaml") の \
        \(code: "pilot") を消して作り直し、\(code: "connect.ps1") をもう一度実行します。
        """,
        """
        For now only the pilot users are covered (\(covered)). To cover everyone, take \(code: "pilot") out of
        \(code: "tenant.yaml"), write the files again and run \(code: "connect.ps1") once more.
        """))
  }

  private func addOutput(to page: inout MarkdownPage) {
    page.heading(2, say("表示の意味", "What the scripts print"))
    page.table(
      header: [say("表示", "Text"), say("意味", "Meaning")],
      rows: [
        [
          "\(code: "ok") / \(code: "note") / \(code: "problem")",
          say(
            "\(code: "preflight.ps1") の結果です。問題なし、参考、先に解決が必要、の順です。",
            "Findings of \(code: "preflight.ps1"): fine, for information, to be resolved first."),
        ],
        [
          "\(code: "created, disabled")",
          say("無効の状態で作成しました。", "It was created and is disabled."),
        ],
        ["\(code: "unchanged")", say("意図したとおりで、変更していません。", "It was as intended.")],
        [
          "\(code: "changed")",
          say(
            "違いを直しました。違いは \(code: "Detail") にあります。",
            "It differed and was corrected; \(code: "Detail") has the differences."),
        ],
        [
          "\(code: "left as it is")",
          say(
            "制限の設定が違いますが、変更していません(切替後の遮断を開けないため)。",
            "A restriction differs and was not touched, so that a lockdown stays closed."),
        ],
        ["\(code: "enabled") / \(code: "disabled")", say("切り替えました。", "It was switched.")],
        [
          say("赤いエラー", "A red error"),
          say(
            "そこで止まりました。理由を解決し、同じスクリプトをもう一度実行します。",
            "The script stopped there. Resolve the reason and run the same script again."),
        ],
      ])
  }

  private func addObjects(to page: inout MarkdownPage) {
    page.heading(2, say("作成されるもの", "What is created"))
    page.paragraph(
      say(
        """
        ベンダーの連携手順のうち、コネクタの値は公開されていません。下の値は \(code: "tenant.yaml") とMicrosoftの文書に\
        よるものです。開通通知書やベンダーの資料と違うところがあれば、実行する前に確認してください。
        """,
        """
        The vendor does not publish the values of the connectors. These come from \(code: "tenant.yaml") and
        Microsoft's documents. Where the opening notice or the vendor's papers differ, ask before you run
        anything.
        """))
    for object in exchange.objects {
      page.heading(3, "\(text: object.kind.rawValue): \(code: object.name)")
      page.table(
        header: [say("項目", "Parameter"), say("値", "Value")],
        rows: object.parameters.map { parameter in
          ["\(code: parameter.name)", shown(parameter.value)]
        })
    }
  }

  private func shown(_ value: ExchangeObject.Value) -> Markdown {
    switch value {
    case .null, .strings([]): say("(なし)", "(none)")
    default: "\(code: value.description)"
    }
  }

  private func addEvidence(to page: inout MarkdownPage) {
    page.heading(2, say("うまくいったことの確認", "How to see that it worked"))
    if startsInbound {
      let filtering = settings.spamBypass == .enhancedFiltering
      page.paragraph(
        say(
          "受信: MailGates経由で届いたメールのヘッダーを開き、次を確かめます。",
          "Inbound: open the headers of a mail that came by way of MailGates."))
      page.checkboxes([
        say(
          "\(code: "Received") に、MailGatesのアドレスからMicrosoft 365が受け取った行があります。",
          "A \(code: "Received") line says that Microsoft 365 took the mail from an address of MailGates."
        ),
        filtering
          ? say(
            """
            \(code: "X-MS-Exchange-SkipListedInternetSender") と \(code: "X-MS-Exchange-ExternalOriginalInternetSender") があり、\
            後者は本来の送信元です(拡張フィルター処理が働いています)。
            """,
            """
            \(code: "X-MS-Exchange-SkipListedInternetSender") and \(code: "X-MS-Exchange-ExternalOriginalInternetSender")
            are there, and the latter is the real sender: enhanced filtering works.
            """)
          : say(
            "\(code: "X-Forefront-Antispam-Report") に \(code: "SCL:-1") があります(ルールが働いています)。",
            "\(code: "X-Forefront-Antispam-Report") has \(code: "SCL:-1"): the rule works."),
      ])
    }
    if startsOutbound {
      page.paragraph(
        say(
          "送信: 社外のアドレスに送り、届いたメールのヘッダーを開いて、次を確かめます。",
          "Outbound: send a mail to an address outside and open the headers of what arrives."))
      page.checkboxes([
        say(
          "\(code: "Received") に、MailGatesを通った行があります。",
          "A \(code: "Received") line shows that the mail went through MailGates."),
        say(
          "\(code: "Authentication-Results") が \(code: "spf=pass") です。DKIMを設定済みなら \(code: "dkim=pass") です。",
          "\(code: "Authentication-Results") says \(code: "spf=pass"), and \(code: "dkim=pass") where DKIM is set up."
        ),
        say(
          "同じメールがMailGatesを2回通っていません(ループしていません)。",
          "The mail went through MailGates once only: it does not loop."),
      ])
    }
  }

  private func addWayBack(to page: inout MarkdownPage) {
    page.heading(2, say("戻し方", "The way back"))
    var items: [Markdown] = []
    if exchange.lockdown != nil {
      items.append(
        say(
          """
          \(code: "rollback/8-afterwards/\(name)/undo-lockdown.ps1") で、直接届くメールの拒否を解除します。\
          拒否の前から \(code: "RejectDirectSend") が有効だったときは \(code: "-KeepRejectDirectSend") を付けます。
          """,
          """
          \(code: "rollback/8-afterwards/\(name)/undo-lockdown.ps1") accepts direct mail again. Pass
          \(code: "-KeepRejectDirectSend") if \(code: "RejectDirectSend") was on before the lockdown.
          """))
    }
    if startsInbound {
      items.append(
        say(
          "MXレコードを切り替えていれば、元に戻します。必ず解除のあとに行います。",
          "If the MX records have changed, set them back; always after the restriction is lifted."))
    }
    items.append(
      say(
        "\(code: "rollback/3-mail-server/\(name)/rollback.ps1") で、ルールとコネクタを無効にします。削除はしません。",
        "\(code: "rollback/3-mail-server/\(name)/rollback.ps1") disables the rules and connectors. It removes nothing."
      ))
    page.numbers(items)
  }
}

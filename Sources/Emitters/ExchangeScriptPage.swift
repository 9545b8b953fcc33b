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

  var name: String { connection.server.name.value.text }
  var startsInbound: Bool { exchange.inboundConnector != nil }
  var startsOutbound: Bool { exchange.outboundConnector != nil }

  var page: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "Microsoft 365 \(code: name) の連携設定",
      en: "Connect Microsoft 365 \(code: name)")
    page.paragraph(
      ja: """
        Exchange Onlineのコネクタとルールを、スクリプトで作成します。作成するだけでは何も有効になりません。\
        有効にするのは別のスクリプトで、どのスクリプトも実行のたびに前提を確かめ、読み取れないときは止まります。
        """,
      en: """
        Scripts create the connectors and rules of Exchange Online. Creating them enables nothing. \
        Other scripts enable them. Each checks in its own run what it depends on, and stops where it \
        cannot read that.
        """)
    if startsOutbound { addTerms(to: &page) }
    addConnecting(to: &page.page)
    addOrder(to: &page.page)
    addOutput(to: &page.page)
    addObjects(to: &page.page)
    addEvidence(to: &page.page)
    addWayBack(to: &page.page)
    return page
  }

  func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  /// What covers the pilot users only, and how it comes to cover everyone.
  func addPilot(to page: inout MarkdownPage) {
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
    let lockdownRows: [[Markdown]] =
      exchange.lockdown == nil
      ? []
      : [
        [
          "\(code: "note this")",
          say(
            "\(code: "lockdown.ps1") を実行する前の \(code: "RejectDirectSend") の値です。戻すときのために控えます。",
            "\(code: "RejectDirectSend") before \(code: "lockdown.ps1") changed it: note it for the way back."
          ),
        ]
      ]
    page.paragraph(
      say(
        """
        どのスクリプトも、表示した内容をスクリプトと同じフォルダーの \(code: "スクリプト名-日時.log") に残します\
        (\(code: "-TranscriptPath") で場所を変えられます)。
        """,
        """
        Each script keeps what it shows in \(code: "name-time.log") beside itself, or where
        \(code: "-TranscriptPath") says.
        """))
    page.table(
      header: [say("表示", "Text"), say("意味", "Meaning")],
      rows: lockdownRows + [
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
          "\(code: "restored") / \(code: "removed")",
          say(
            "\(code: "before.json") のとおりに戻しました。そこにないものは削除しました。",
            "It is as \(code: "before.json") holds it, or gone where that does not hold it."),
        ],
        [
          say("赤いエラー、\(code: "Stopped:")", "A red error, \(code: "Stopped:")"),
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
        提供元の連携手順のうち、コネクタの値は公開されていません。下の値は \(code: "tenant.yaml") とMicrosoftの文書に\
        よるものです。開通通知書や提供元の資料と違うところがあれば、実行する前に確認してください。
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
}

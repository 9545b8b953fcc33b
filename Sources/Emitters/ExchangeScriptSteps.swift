internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

// The steps of microsoft365.md beside those that connect and start: what is looked at before and
// after, ARC, and the archive.

extension ExchangeScriptPage {
  /// Users and shared mailboxes, before they are imported.
  func addUsers(to page: inout MarkdownPage) {
    page.checkboxes([
      say(
        """
        \(code: "check-users.ps1"): UPNとメールアドレスが違うユーザと、\(code: "sharedMailboxes") に書かれていない共有\
        メールボックスを一覧にします。何も変更しません。ユーザを取り込む前に、\(code: "problem") の行を解決します。
        """,
        """
        \(code: "check-users.ps1") lists users whose UPN differs from the mail address, and shared mailboxes
        that \(code: "sharedMailboxes") lacks. It changes nothing. Resolve the lines with \(code: "problem")
        before the users are imported.
        """)
    ])
    page.codeBlock(".\\check-users.ps1 | Format-Table -Wrap")
  }

  /// The export, and how the plan comes to read it.
  func addExport(to page: inout MarkdownPage) {
    let path = settings.export?.value.path ?? "export.json"
    let place = "..\\..\\..\\" + path.split(separator: "/").joined(separator: "\\")
    page.codeBlock(".\\preflight.ps1 -ExportPath \(quoted: place) | Format-Table -Wrap")
    page.paragraph(
      say(
        """
        同じ内容が、\(code: "tenant.yaml") のフォルダーの \(code: path) にも書かれます。\(code: "microsoft365") に \
        \(code: "export: " + path) と書いて \(code: "mgc plan") を実行すると、今の設定との違いと、妨げになるものが表示されます。
        """,
        """
        The same is written to \(code: path) in the folder of \(code: "tenant.yaml"). With
        \(code: "export: " + path) in \(code: "microsoft365"), \(code: "mgc plan") shows what differs from what is
        there today, and findings tell what will get in the way.
        """))
    page.paragraph(
      say(
        """
        最初の実行では、変更前の状態が \(code: "before.json") にも残ります。\(code: "rollback.ps1") が使うので、消さないで\
        ください。
        """,
        """
        The first run also keeps what was there before in \(code: "before.json"). Do not delete it:
        \(code: "rollback.ps1") uses it.
        """))
  }

  /// What is compared after connecting and after each start.
  func addValidation(to page: inout MarkdownPage) {
    var switches: [(when: Markdown, given: [String])] = [
      (say("connect.ps1の後", "after connect.ps1"), [])
    ]
    var given: [String] = []
    if startsInbound {
      given.append("-InboundStarted")
      switches.append((say("start-inbound.ps1の後", "after start-inbound.ps1"), given))
    }
    if startsOutbound {
      given.append("-OutboundStarted")
      switches.append((say("start-outbound.ps1の後", "after start-outbound.ps1"), given))
    }
    if exchange.journalRule != nil {
      given.append("-ArchiveStarted")
      switches.append((say("archive.ps1 -Startの後", "after archive.ps1 -Start"), given))
    }
    if exchange.lockdown != nil {
      given.append("-LockedDown")
      switches.append((say("lockdown.ps1の後", "after lockdown.ps1"), given))
    }
    page.checkboxes([
      say(
        """
        \(code: "validate.ps1"): 作成したものを読み直し、意図した値と比べます。何も変更しません。ここで1回、その後は\
        下の表のように、有効にするたびに実行します。違いがあると終了コードは1です。
        """,
        """
        \(code: "validate.ps1") reads back what was made and compares it with what was meant. It changes
        nothing. Run it now, and after each start as in the table. Its exit code is 1 where something differs.
        """)
    ])
    page.table(
      header: [say("いつ", "When"), say("コマンド", "Command")],
      rows: switches.map { when, given in
        [when, "\(code: ([".\\validate.ps1"] + given).joined(separator: " "))"]
      })
    if startsOutbound {
      page.paragraph(
        say(
          """
          \(code: "-TestRecipient") に社外のアドレスを付けると、送信コネクタでテストメールも送ります\
          (\(code: "Validate-OutboundConnector"))。
          """,
          """
          With an address outside in \(code: "-TestRecipient") it also sends a test mail by the outbound
          connector (\(code: "Validate-OutboundConnector")).
          """))
    }
  }

  /// The trusted ARC sealer.
  func addSealer(to page: inout MarkdownPage) {
    guard let sealer = exchange.arcSealer else { return }
    page.checkboxes([
      say(
        """
        \(code: "trust-sealer.ps1"): \(code: sealer.ascii) を、信頼するARC署名者に加えます。すでにある署名者は残ります。\
        MailGatesがメールを書き換えても、元の認証結果が使われます。\(code: "unchanged") と表示されたときは、以前から\
        信頼されていたので、戻すスクリプトは実行しません。
        """,
        """
        \(code: "trust-sealer.ps1") adds \(code: sealer.ascii) to the trusted ARC sealers; those that are there
        stay. What was authenticated before MailGates changed the mail then counts. If it prints
        \(code: "unchanged"), it was trusted before: then the script that takes it back is not for you.
        """)
    ])
    page.codeBlock(
      """
      .\\trust-sealer.ps1 -WhatIf
      .\\trust-sealer.ps1
      """)
  }

  /// The journal rule of the archive.
  func addArchive(to page: inout MarkdownPage) {
    guard let archive = settings.archive else { return }
    let journal = archive.journalTo.value.description
    let report = archive.undeliverableTo.value.description
    page.heading(2, say("アーカイブ", "The archive"))
    page.paragraph(
      say(
        """
        すべてのメールの写し(ジャーナルレポート)を \(code: journal) に送ります。送信コネクタとは別の経路で、メールの流れは\
        変わりません。届かないレポートは \(code: report) に送られます。この通知先は組織に1つだけです。
        """,
        """
        A copy of every mail, a journal report, goes to \(code: journal). That is a way of its own beside the
        outbound connector; mail flows as before. Reports that cannot be delivered go to \(code: report), of
        which an organization has one only.
        """))
    page.bullets([
      say(
        "どちらもExchange Onlineのメールボックスにはできません(Microsoftの制限)。",
        "Neither may be a mailbox of Exchange Online (so Microsoft says)."),
      say(
        """
        \(code: report) が受け取れないと、レポートは失われます。専用のメールボックスとし、監視してください。\
        この通知先に送られるメールについては、ベンダーの「Enterprise Audit - Microsoft 365 連携設定」にも注意書きが\
        あります(公開部分では読めませんでした)。
        """,
        """
        Where \(code: report) cannot take them, reports are lost: use a mailbox for nothing else, and watch it.
        The vendor's 「Enterprise Audit - Microsoft 365 連携設定」 has a note about mail to it, which could not
        be read in public.
        """),
      say(
        """
        ジャーナルレポートにメールフロールールは働かないとされているので、MailGatesへ送るルールの対象にはならないはずです。\
        すべての宛先(\(code: "*"))に使われる送信コネクタが別にあると、そこを通ります。メッセージ追跡で、写しがMailGatesを\
        通っていないことを確かめます。
        """,
        """
        Mail flow rules are said not to act on journal reports, so the rule for MailGates should not take them.
        Another outbound connector for all domains (\(code: "*")) would. See in the message trace that no copy
        goes by MailGates.
        """),
    ])
    page.codeBlock(
      """
      .\\archive.ps1 -WhatIf
      .\\archive.ps1 | Format-List | Tee-Object -FilePath '.\\archive-result.txt' -Append
      .\\archive.ps1 -Start -WhatIf
      .\\archive.ps1 -Start
      """)
    page.paragraph(
      say(
        """
        止めるときは \(code: "rollback/3-mail-server/\(name)/stop-archive.ps1") を実行します。\(code: "note this") の行の\
        以前の通知先を戻すときは \(code: "-RestoreReportRecipient") に付けます。
        """,
        """
        \(code: "rollback/3-mail-server/\(name)/stop-archive.ps1") stops the copies. To set the recipient of the
        line \(code: "note this") again, pass it as \(code: "-RestoreReportRecipient").
        """))
  }
}

internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

// What people type: how to connect, every script in the order of use, and the way back.

extension ExchangeScriptPage {
  /// What holds for mail that is sent by way of MailGates.
  func addTerms(to page: inout BilingualPage) {
    page.relayTerms(domains: connection.domains)
    page.bullets([
      .init(
        ja: """
          中継は、送信元サーバーのグローバルIPアドレスで制御されます。Microsoft 365の送信元アドレスは他のお客様と共通で、\
          Microsoftが変更します。MailGatesがMicrosoft 365のどの送信元アドレスからの中継を受け付けるかを、\
          あらかじめ提供元に確かめます。
          """,
        en: """
          Relaying is controlled by the global IP address of the sending server. Those of Microsoft \
          365 are shared with other customers, and Microsoft changes them. Ask the vendor beforehand \
          which sending addresses MailGates accepts for Microsoft 365.
          """),
      .init(
        ja: """
          送信ルールは、契約ドメインのサブドメインのメールも対象にします。\(code: "preflight.ps1") が契約外のサブドメインを\
          \(code: "problem") と表示したときは、契約に加えるか、ルールの例外(\(code: "ExceptIfSenderDomainIs"))に加えます。\
          例外に加えても \(code: "problem") の表示は残ります。
          """,
        en: """
          The outbound rule takes mail of subdomains too. Where \(code: "preflight.ps1") prints a \
          subdomain outside the contract as a \(code: "problem"), add it to the contract, or to the \
          rule as an exception (\(code: "ExceptIfSenderDomainIs")); the line stays even then.
          """),
    ])
    page.source(Catalogue.addressNoticeDays.source)
  }

  private func windows(_ path: ArtifactPath) -> String {
    path.components.joined(separator: "\\")
  }

  /// Runs a script of another folder from the page's own.
  func command(_ folder: ArtifactPath, _ file: String) -> PowerShell {
    "& \(quoted: "..\\..\\" + windows(folder) + "\\" + file)"
  }

  func addConnecting(to page: inout MarkdownPage) {
    let tenant = settings.tenant.value.ascii
    page.heading(2, say("接続", "Connect"))
    page.bullets([
      say(
        "Windows上のPowerShell(Windows PowerShell 5.1でよい)で実行します(\(code: "Resolve-DnsName") を使うため)。",
        """
        Run them in PowerShell on Windows, because they use \(code: "Resolve-DnsName"). Windows PowerShell
        5.1 will do.
        """),
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
    page.paragraph(
      say(
        """
        \(code: "out") のあるフォルダーでPowerShellを開き、次の順に実行します。1行目は最初の1回だけです。2行目は、この画面でだけ\
        スクリプトの実行を許可します。3行目は、ダウンロードしたファイルの制限を解除します(内容を確かめてから実行してください)。
        """,
        """
        Open PowerShell in the folder that has \(code: "out") and run these in order. The first is needed
        once. The second allows scripts in this window only. The third unblocks files that were downloaded:
        read them before.
        """))
    page.codeBlock(
      """
      Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser
      Set-ExecutionPolicy -Scope Process -ExecutionPolicy RemoteSigned
      Get-ChildItem -Path 'out' -Recurse -Filter '*.ps1' | Unblock-File
      cd \(quoted: "out\\" + windows(connection.folder(of: .mailServer)))
      """)
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

  func addOrder(to page: inout MarkdownPage) {
    page.heading(2, say("順序", "Order"))
    page.paragraph(
      say(
        """
        上から順に実行します。変更するスクリプトは、まず \(code: "-WhatIf") を付けて実行し、何が変わるかを確かめてください。\
        どの行も、このページのフォルダーで実行します。
        """,
        """
        Run them from the top. Run each script that changes something with \(code: "-WhatIf") first, and
        read what it would change. All lines are for the folder of this page.
        """))
    addUsers(to: &page)
    page.checkboxes([
      say(
        """
        \(code: "preflight.ps1"): 現状を一覧にし、\(code: "export.json") に書きます。Exchange Onlineは何も変更しません。\
        \(code: "problem") の行を先に解決します。最初の実行では \(code: "before.json") にも書きます。元に戻すときに\
        使うので、消さずに保管します(2回目からは書き換えません)。
        """,
        """
        \(code: "preflight.ps1") lists what is there, writes it to \(code: "export.json") and changes nothing in
        Exchange Online. Resolve the lines with \(code: "problem") first. The first run also writes
        \(code: "before.json"), which later runs leave alone. Keep it: the way back needs it.
        """)
    ])
    addExport(to: &page)
    page.checkboxes([
      say(
        """
        \(code: "connect.ps1"): コネクタとルールを無効の状態で作成します。何度実行してもかまいません。同じ名前のものが\
        すでにあり、このスクリプトが作ったものでなければ止まります。それを変更してよいときだけ、無効にしたうえで \
        \(code: "-Adopt") にその名前を付けます。
        """,
        """
        \(code: "connect.ps1") creates the connectors and rules, disabled. It may be run any number of times. It
        stops where something of the same name exists that it did not make. Only if that may be changed,
        disable it and name it with \(code: "-Adopt").
        """)
    ])
    page.codeBlock(
      """
      .\\connect.ps1 -WhatIf
      .\\connect.ps1
      """)
    addValidation(to: &page)
    addSealer(to: &page)
    if startsInbound { addStartInbound(to: &page) }
    if startsOutbound { addStartOutbound(to: &page) }
    if startsInbound || startsOutbound {
      page.paragraph(
        say(
          """
          「is not as intended」で止まり、表示された値が同じものの別の書き方(別名など)だと確かめられたときだけ、\
          そのパラメーターの名前を \(code: "-AcceptDifference") に付けます(例: \(code: "-AcceptDifference From"))。
          """,
          """
          Where a start script stops with \(code: "is not as intended") and you have seen that the values it
          shows mean the same in another spelling, such as a person's other name, pass the parameter's name:
          \(code: "-AcceptDifference From").
          """))
    }
    if exchange.lockdown != nil { addLockdown(to: &page) }
    if startsOutbound || exchange.lockdown != nil {
      page.paragraph(
        say(
          """
          社内のDNSサーバー(Active Directoryなど)が社外と違う答えを返すときは、\(code: "-DnsServer") に社外の答えを返す\
          DNSサーバーのアドレスを付けます。
          """,
          """
          Where a DNS server of your own (Active Directory, for one) answers otherwise than the world sees,
          pass the address of one that answers as outside: \(code: "-DnsServer").
          """))
    }
    addPilot(to: &page)
    addArchive(to: &page)
  }

  private func addStartInbound(to page: inout MarkdownPage) {
    page.checkboxes([
      say(
        "\(code: "start-inbound.ps1"): 受信コネクタを有効にします。MXレコードの切替より前に実行します。",
        "\(code: "start-inbound.ps1") enables the inbound connector. Run it before the MX records change."
      )
    ])
    page.codeBlock(
      """
      .\\start-inbound.ps1 -WhatIf
      .\\start-inbound.ps1
      """)
    guard settings.spamBypass == .enhancedFiltering else { return }
    page.paragraph(
      say(
        """
        拡張フィルター処理と、MailGatesのメールのSCLを-1にするルールは、同時に有効にしません。そのようなルールがあると \
        \(code: "connect.ps1")、\(code: "start-inbound.ps1")、\(code: "lockdown.ps1") は止まるので、先に無効にします。\
        IPアドレスの条件がないルールで、MailGatesのメールを対象にしないものは、\(code: "-AcceptRule") に名前を付けます。
        """,
        """
        Enhanced filtering and a rule that sets SCL -1 for mail of MailGates are never both on:
        \(code: "connect.ps1"), \(code: "start-inbound.ps1") and \(code: "lockdown.ps1") stop where there is one.
        Disable it first. A rule without a condition on IP addresses that does not take the mail of MailGates is
        named with \(code: "-AcceptRule").
        """))
  }

  private func addStartOutbound(to page: inout MarkdownPage) {
    page.checkboxes([
      say(
        """
        \(code: "start-outbound.ps1"): SPFと、計画にあるDKIM・DMARCの公開を確かめ、テストメールを送ってから、送信コネクタとルールを有効にします。\
        テストメールの宛先には、ご自身が読める社外のアドレスを指定します。
        """,
        """
        \(code: "start-outbound.ps1") checks that SPF, and DKIM and DMARC where they are planned, are published,
        sends a test mail, then enables the outbound connector and its rule. Give it an address outside the
        organization that you can read.
        """)
    ])
    page.codeBlock(
      """
      .\\start-outbound.ps1 -TestRecipient 'you@outside.example' -WhatIf
      .\\start-outbound.ps1 -TestRecipient 'you@outside.example'
      """)
  }

  private func addLockdown(to page: inout MarkdownPage) {
    page.checkboxes([
      say(
        """
        \(code: "8-afterwards/\(name)/lockdown.ps1"): MXレコードの切替後、MailGatesを通らないメールを拒否します。\
        すべてのドメインのMXがMailGatesだけを指していないと止まります。パイロットの間も止まります。
        """,
        """
        \(code: "8-afterwards/\(name)/lockdown.ps1") refuses mail that does not come by way of MailGates,
        after the MX records have changed. It stops unless the MX of every domain names MailGates alone, and
        while the pilot lasts.
        """),
      say(
        """
        \(code: "before.json") がないときは、最初の実行で表示される、実行前の \(code: "RejectDirectSend") の値\
        (\(code: "note this") の行)を控えます。戻すときに必要です。
        """,
        """
        Where there is no \(code: "before.json"), note what \(code: "RejectDirectSend") was before the first run,
        the line \(code: "note this"). The way back needs it.
        """),
    ])
    page.codeBlock(
      """
      \(command(connection.folder(of: .afterwards), "lockdown.ps1")) -WhatIf
      \(command(connection.folder(of: .afterwards), "lockdown.ps1")) | Format-List
      """)
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
}

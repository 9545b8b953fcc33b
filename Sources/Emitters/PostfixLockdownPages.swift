internal import Artifacts
internal import MailRecords
internal import Procedure
internal import TenantModel

/// Step 8 of Postfix and its way back.
extension PostfixPages {
  func close(_ lockdown: Lockdown) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): MailGates以外からの受信を拒否する",
      en: "\(text: connection.name): Refuse mail that does not come from MailGates")
    switch lockdown {
    case .certificate(let name):
      page.paragraph(
        ja: """
          Postfixは、MailGatesを配送元のアドレスで見分けます。証明書の名前(\(code: name.description))で見分ける設定は、\
          ここでは作りません。アドレスで拒否するときは、tenant.yamlの \(code: "lockdown") を \
          \(code: "{ address: {} }") にします。
          """,
        en: """
          Postfix knows MailGates by its addresses. Telling it by the name in its certificate \
          (\(code: name.description)) is not set up here. To refuse by address, let \
          \(code: "lockdown") in tenant.yaml be \(code: "{ address: {} }").
          """)
    case .address:
      addClosing(to: &page)
    }
    return page
  }

  private func addClosing(to page: inout BilingualPage) {
    page.quote(
      ja: """
        MXの切替を確かめ、切替前のTTLが過ぎてから行います。早すぎると、まだ直接届いているメールを拒否します。
        """,
      en: """
        Do this after the change of the MX records has been verified and their old TTL has \
        passed. Too early, it refuses mail that still comes directly.
        """)
    page.heading(2, ja: "始める前に", en: "Before you begin")
    page.checkboxes([
      .init(
        ja: "このサーバーで受信するすべてのドメインがMailGatesを経由している。拒否はサーバー全体に効きます。",
        en: """
          All domains that this server receives for go by way of MailGates: the refusal holds for \
          the whole server.
          """),
      .init(
        ja: """
          サブミッションに \(code: "-o smtpd_client_restrictions=permit_sasl_authenticated,reject") がある。\
          なくてもサインインした利用者は通りますが、\(code: "smtpd_delay_reject = no") のサーバーでは拒否されます。
          """,
        en: """
          The submission services have \
          \(code: "-o smtpd_client_restrictions=permit_sasl_authenticated,reject"). Without it users \
          who sign in pass too, but not with \(code: "smtpd_delay_reject = no").
          """),
      .init(
        ja: "プリンターや監視など、25番ポートへ直接送る機器が \(code: "mynetworks") に入っている。",
        en: """
          Devices that send to port 25 directly, such as printers and monitors, are in \
          \(code: "mynetworks").
          """),
    ])
    addScript(
      "lockdown.sh", ["warn", "lockdown"],
      lockdownNotes, to: &page)
    page.heading(2, ja: "手順", en: "Steps")
    page.numbers([
      .init(
        ja: """
          表はまだ替えません。smtpdは \(code: "postfix reload") を待たずに表を読み直すことがあるため、\
          この順番を守ります。\(code: "smtpd_client_restrictions") の \(code: "check_client_access") の前に \
          \(code: "warn_if_reject") を足し、\(code: "postfix check && postfix reload") を実行します。\
          ログに警告がなく、メールが届き続けることを確かめます。
          """,
        en: """
          Leave the former table in place: a new smtpd reads the tables without any \
          \(code: "postfix reload"), so the order matters. Put \(code: "warn_if_reject") before \
          \(code: "check_client_access") in \(code: "smtpd_client_restrictions") and run \
          \(code: "postfix check && postfix reload"). See that the log has no warnings and that \
          mail goes on arriving.
          """),
      .init(
        ja: """
          このフォルダーの \(code: PostfixFiles.clients) を \(code: Self.folder) に置いて前の表と置き換え、\
          \(code: "postfix reload") を実行します。まだ拒否はせず、ログだけが残ります。\
          前の表に自分で足した行は、\(code: "0.0.0.0/0") の行より上に移します。
          """,
        en: """
          Put \(code: PostfixFiles.clients) of this folder in \(code: Self.folder), in place of \
          the former table, and run \(code: "postfix reload"). Refusals are only logged as yet. \
          Rows of your own in the former table go above the row of \(code: "0.0.0.0/0").
          """),
      .init(
        ja: "1日ほど、ログに \(code: "reject_warning") が出る送信元を調べ、正しいものがないことを確かめます。",
        en: """
          For a day or so, look at who appears with \(code: "reject_warning") in the log, until \
          nobody does who should pass.
          """),
      .init(
        ja: """
          \(code: "warn_if_reject") を消し、\(code: "postfix check && postfix reload") を実行します。\
          ここから拒否が始まります。\
          心配なときは、はじめの数時間 \(code: "soft_bounce = yes") にすると、拒否が一時的なものになります。後で必ず消します。
          """,
        en: """
          Take \(code: "warn_if_reject") out and run \
          \(code: "postfix check && postfix reload"). Now others are refused. With \
          \(code: "soft_bounce = yes") for the first hours refusals stay temporary; take it out \
          afterwards.
          """),
    ])
    page.heading(2, ja: "確かめる", en: "Check")
    let table = "cidr:" + Self.folder + PostfixFiles.clients
    page.table(
      header: [.init(ja: "コマンド", en: "Command"), .init(ja: "表示", en: "It prints")],
      rows: (postfix.inbound?.egress ?? []).map {
        [.value("postmap -q \($0.network.description) \(table)"), .value("OK")]
      } + [
        [
          .value("postmap -q 127.0.0.1 \(table)"),
          .value("REJECT Mail for this domain is accepted only via its gateway"),
        ]
      ])
    page.paragraph(
      ja: """
        戻すときは(\(code: "warn") だけのときも)、rollbackの同じフォルダーの \(code: "reopen.sh") を使うか、そこにある同じ名前の表と置き換えます。
        """,
      en: """
        The way back, of \(code: "warn") too, is \(code: "reopen.sh") of the same folder below rollback, or the table of the \
        same name there.
        """)
  }

  var reopen: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): MailGates以外からの受信を再び受け付ける",
      en: "\(text: connection.name): Accept mail from others again")
    page.quote(
      ja: "MXを戻すときは、必ずこれを先に行います。",
      en: "Always do this before the MX records are moved back.")
    page.paragraph(
      ja: "\(code: "reopen.sh") をサーバーにコピーし、rootで実行します。",
      en: "Copy \(code: "reopen.sh") to the server and run it as root.")
    page.code("sh reopen.sh reopen")
    page.paragraph(ja: "手作業では、次のとおりに戻します。", en: "By hand:")
    page.numbers([
      .init(
        ja: """
          このフォルダーの \(code: PostfixFiles.clients) を \(code: Self.folder) に置き、今の表と置き換えます。
          """,
        en: """
          Put \(code: PostfixFiles.clients) of this folder in \(code: Self.folder), in place of \
          the present table.
          """),
      .init(
        ja: "\(code: "postfix reload") を実行します。", en: "Run \(code: "postfix reload")."),
      .init(
        ja: """
          \(code: "postmap -q 127.0.0.1 cidr:\(Self.folder)\(PostfixFiles.clients)") が \(code: "DUNNO") を\
          表示することを確かめます。
          """,
        en: """
          See that \(code: "postmap -q 127.0.0.1 cidr:\(Self.folder)\(PostfixFiles.clients)") \
          prints \(code: "DUNNO").
          """),
    ])
    return page
  }
}

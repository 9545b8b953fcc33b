internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// The pages that say how the files of `PostfixFiles` are put to use, and taken back.
struct PostfixPages {
  let procedure: Procedure
  let connection: MailServerConnection
  let server: Postfix
  let postfix: PostfixConnection

  /// Where Debian's Postfix has its settings.
  static let folder = "/etc/postfix/"

  var artifacts: [Artifact] {
    var result = [
      Artifact(connection.folder(of: .mailServer) + "postfix.md", connect),
      Artifact(connection.rollbackFolder(of: .mailServer) + "postfix.md", disconnect),
    ]
    if let outbound = postfix.outbound {
      result.append(
        Artifact(connection.folder(of: .mailServer) + "start-outbound.md", start(outbound)))
      result.append(
        Artifact(connection.rollbackFolder(of: .mailServer) + "start-outbound.md", stop))
    }
    if let lockdown = postfix.inbound?.lockdown?.value {
      result.append(
        Artifact(connection.folder(of: .afterwards) + "postfix.md", close(lockdown)))
      if case .address = lockdown {
        result.append(Artifact(connection.rollbackFolder(of: .afterwards) + "postfix.md", reopen))
      }
    }
    return result
  }

  // MARK: Step 3

  private var connect: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): PostfixをMailGatesと連携する",
      en: "\(text: connection.name): Connect Postfix with MailGates")
    page.table(
      header: [.init(ja: "項目", en: "Item"), .init(ja: "値", en: "Value")],
      rows: [
        [.init(ja: "サーバー", en: "Server"), .value(server.host.value.ascii)],
        [.init(ja: "ドメイン", en: "Domains"), .init(both: codes(connection.domains))],
      ] + values)
    if postfix.inbound != nil {
      addScript(
        "connect.sh", ["connect"], connectNotes, to: &page)
    }
    addFiles(to: &page)
    if postfix.inbound != nil { addMerging(to: &page) }
    addChecks(to: &page)
    if postfix.inbound != nil { addLeftAlone(to: &page) }
    if let inbound = postfix.inbound { page.deliveryTerms(inbound.egress) }
    if postfix.outbound != nil {
      page.relayTerms(domains: connection.domains)
      page.addressNotice(server.addresses)
    }
    addReleases(to: &page)
    page.heading(2, ja: "戻し方", en: "The way back")
    addWayBack(to: &page)
    return page
  }

  private var values: [[MarkdownPhrase]] {
    var rows: [[MarkdownPhrase]] = []
    if let inbound = postfix.inbound {
      rows += inbound.egress.map {
        [.init(ja: "MailGatesの配送元", en: "MailGates delivers from"), .value($0.description)]
      }
    }
    if let outbound = postfix.outbound {
      rows.append([.init(ja: "送信の中継先", en: "Relay"), .value(outbound.nextHop.text)])
      rows.append([.init(ja: "中継先とのTLS", en: "TLS to the relay"), .value(outbound.level.text)])
    }
    return rows
  }

  private func addFiles(to page: inout BilingualPage) {
    page.heading(2, ja: "1. ファイルを置く", en: "1. Put the files in place")
    page.paragraph(
      ja: "作業の前に、今の設定を控えます。戻すときに使います。",
      en: "First keep a copy of the settings as they are, for the way back.")
    page.code(
      """
      cp -a /etc/postfix /root/postfix-before-mailgates
      postconf -n > /root/postconf-before-mailgates.txt
      """)
    page.paragraph(
      ja: """
        このフォルダーの表を \(code: Self.folder) に置きます。場所が違うときは \
        \(code: "postconf -h config_directory") が示すフォルダーに置きます。持ち主はroot、権限は \(code: "0644") です。
        """,
      en: """
        Put the tables of this folder in \(code: Self.folder), or in the folder that \
        \(code: "postconf -h config_directory") names. They belong to root with mode \
        \(code: "0644").
        """)
    var rows: [[MarkdownPhrase]] = []
    if postfix.inbound != nil {
      rows.append([
        .value(PostfixFiles.clients),
        .init(
          ja: "MailGatesの配送元アドレス。切替前の表は誰も拒否しません。",
          en: "The addresses of MailGates. Before the cutover the table refuses nobody."),
      ])
    }
    if postfix.outbound != nil {
      rows.append([
        .value(PostfixFiles.senders),
        .init(
          ja: "MailGatesを経由させる送信元ドメイン", en: "The sender domains that go by way of MailGates"),
      ])
      rows.append([
        .value(PostfixFiles.levels), .init(ja: "中継先とのTLS", en: "TLS to the relay"),
      ])
    }
    page.table(
      header: [.init(ja: "ファイル", en: "File"), .init(ja: "内容", en: "What it holds")], rows: rows)
    addExistingTables(to: &page)
    if postfix.outbound != nil {
      page.paragraph(
        ja: """
          \(code: PostfixFiles.senders) と \(code: PostfixFiles.levels) は、置いただけでは使われません。\
          送信の経路は、手順3(送信の経路を切り替える)で \(code: "start-outbound.md") のとおりに切り替えます。\
          それまで、メールは今の経路で出ます。
          """,
        en: """
          \(code: PostfixFiles.senders) and \(code: PostfixFiles.levels) have no effect yet. The \
          route changes in step 3 (start the outbound route), by \(code: "start-outbound.md"). Until \
          then mail leaves as it does now.
          """)
    }
  }

  /// Rows that are added to a table of an earlier run, or of someone's own.
  private func addExistingTables(to page: inout BilingualPage) {
    page.paragraph(
      ja: "同じ名前のファイルがすでにあるときは、上書きせずに行を足します。",
      en: "Where a file of that name exists, do not overwrite it: add the rows.")
    guard postfix.inbound != nil else { return }
    page.paragraph(
      ja: """
        \(code: PostfixFiles.clients) では、すべてに当たる行(\(code: "0.0.0.0/0") と \(code: "::/0"))より上に足します。\
        上から見て最初に当たった行だけが効くため、その下の行は使われません。
        """,
      en: """
        In \(code: PostfixFiles.clients) add them above the rows that match everything \
        (\(code: "0.0.0.0/0") and \(code: "::/0")): the first row that matches counts, and a row \
        below those never does.
        """)
  }

  private func addMerging(to page: inout BilingualPage) {
    page.heading(2, ja: "2. main.cfに合わせる", en: "2. Merge main.cf")
    page.paragraph(
      ja: """
        このフォルダーの \(code: "main.cf") は足す分だけです。そのまま置き換えてはいけません。\
        次のコマンドで今の値を見て、すでに値があるときは下のように合わせます。同じ名前の行が2つあると、後の行だけが効きます。
        """,
      en: """
        \(code: "main.cf") in this folder holds only what is added; do not replace the whole file \
        with it. Look at the values with this command, and merge as below where there are any. \
        Of two lines of the same name only the later one counts.
        """)
    page.code("postconf -n smtpd_client_restrictions")
    page.bullets([
      .init(
        ja: """
          \(code: "smtpd_client_restrictions"): 今の値の中で、\(code: "reject_rbl_client") などの拒否より前に \
          \(code: "check_client_access cidr:$config_directory/mailgates_clients.cidr") を入れます。\
          ほかの制限(\(code: "smtpd_recipient_restrictions") など)でSPFやブラックリストを調べているときは、\
          その検査からもMailGatesの配送元アドレスを除きます。
          """,
        en: """
          \(code: "smtpd_client_restrictions"): put \
          \(code: "check_client_access cidr:$config_directory/mailgates_clients.cidr") before \
          whatever refuses, such as \(code: "reject_rbl_client"). Where other restrictions \
          (\(code: "smtpd_recipient_restrictions") and so on) check SPF or block lists, exempt \
          MailGates' addresses there too.
          """),
      .init(
        ja: """
          postscreen、milter(opendmarc、rspamdなど)を使っているときは、MailGatesの配送元アドレスを検査の対象から除きます。\
          \(code: "mailgates_clients.cidr") は書式が違うため、postscreenには使えません。
          """,
        en: """
          Where postscreen or milters (opendmarc, rspamd and the like) are in use, exempt \
          MailGates' addresses from their checks. \(code: "mailgates_clients.cidr") does not \
          serve for postscreen, whose tables have other words.
          """),
    ])
    page.code("postfix check && postfix reload")
  }

  private func addChecks(to page: inout BilingualPage) {
    page.heading(
      2, ja: postfix.inbound == nil ? "2. 確かめる" : "3. 確かめる",
      en: postfix.inbound == nil ? "2. Check" : "3. Check")
    page.paragraph(
      ja: "\(code: "postconf -n") は、警告が1行でも出たら設定に誤りがあります。ほかは右の値が表示されます。",
      en: """
        Any warning of \(code: "postconf -n") means a mistake. The others print the value beside \
        them.
        """)
    var rows: [[MarkdownPhrase]] = [
      [.value("postconf -n > /dev/null"), .init(ja: "(何も出ない)", en: "(nothing)")]
    ]
    if let inbound = postfix.inbound {
      let table = "cidr:" + Self.folder + PostfixFiles.clients
      rows += inbound.egress.map {
        [.value("postmap -q \($0.network.description) \(table)"), .value("OK")]
      }
      rows.append([.value("postmap -q 127.0.0.1 \(table)"), .value("DUNNO")])
    }
    if let outbound = postfix.outbound {
      rows += connection.domains.map { domain in
        [
          .value(
            "postmap -q @\(domain.name.value.ascii) texthash:\(Self.folder)\(PostfixFiles.senders)"),
          .value(outbound.nextHop.text),
        ]
      }
      rows.append([
        .value(
          "postmap -q '\(outbound.nextHop.text)' texthash:\(Self.folder)\(PostfixFiles.levels)"),
        .value(outbound.level.text),
      ])
    }
    page.table(
      header: [.init(ja: "コマンド", en: "Command"), .init(ja: "表示", en: "It prints")], rows: rows)
  }

  private func addLeftAlone(to page: inout BilingualPage) {
    page.heading(2, ja: "変えないもの", en: "What stays as it is")
    page.bullets([
      .init(
        ja: """
          \(code: "mynetworks"): MailGatesのアドレスを足してはいけません。中継まで許し、\
          \(code: "smtpd_forbid_bare_newline") の保護からも外れます。
          """,
        en: """
          \(code: "mynetworks"): do not add MailGates' addresses. That would let them relay, and \
          exempt them from \(code: "smtpd_forbid_bare_newline").
          """),
      .init(
        ja: "\(code: "smtpd_relay_restrictions"): 中継を制限する設定です。そのまま残します。",
        en: "\(code: "smtpd_relay_restrictions"): it restricts relaying. Leave it."),
      .init(
        ja: """
          \(code: "master.cf") のサブミッション(\(code: "submission")、\(code: "submissions") または \
          \(code: "smtps")): それぞれに自分の制限 \
          \(code: "-o smtpd_client_restrictions=permit_sasl_authenticated,reject") があることを確かめます。\
          ないと、手順8(直接配送の遮断)で利用者の送信まで拒否されることがあります。
          """,
        en: """
          The submission services in \(code: "master.cf") (\(code: "submission"), \
          \(code: "submissions") or \(code: "smtps")): see that each has its own \
          \(code: "-o smtpd_client_restrictions=permit_sasl_authenticated,reject"). Without it \
          step 8 (close direct delivery) could refuse your users.
          """),
    ])
  }

  // MARK: The way back from step 3

  private var disconnect: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): PostfixとMailGatesの連携を戻す",
      en: "\(text: connection.name): Disconnect Postfix from MailGates")
    addWayBack(to: &page)
    return page
  }

  private func addWayBack(to page: inout BilingualPage) {
    if postfix.inbound != nil {
      page.paragraph(
        ja: "送信の経路、直接配送の遮断、MXの順に、先に戻しておきます。",
        en: "The outbound route, the lockdown and the MX go back before this.")
      addScriptBack("disconnect.sh", "disconnect", to: &page)
    }
    var items: [MarkdownPhrase] = []
    if postfix.outbound != nil {
      items.append(.routeFirst)
    }
    if let inbound = postfix.inbound {
      if inbound.refusesOthers {
        items.append(
          .init(
            ja: "手順8(直接配送の遮断)で拒否を始めていたときは、先にそれを戻します。",
            en: "Where step 8 (close direct delivery) refuses others, take that back first."))
      }
      items.append(
        .init(
          ja: """
            MXが以前のサーバーに戻っていることを確かめてから、\(code: "smtpd_client_restrictions") の \
            \(code: "check_client_access cidr:$config_directory/mailgates_clients.cidr") を消します。
            """,
          en: """
            See that the MX records are back, then take \
            \(code: "check_client_access cidr:$config_directory/mailgates_clients.cidr") out of \
            \(code: "smtpd_client_restrictions").
            """))
    }
    items.append(
      .init(
        ja: "\(code: "postfix check && postfix reload") を実行します。",
        en: "Run \(code: "postfix check && postfix reload")."))
    items.append(
      .init(
        ja: """
          \(code: "postconf -n") の結果が、控えた \(code: "/root/postconf-before-mailgates.txt") と同じになったことを確かめ、\
          置いた表を消します。
          """,
        en: """
          See that \(code: "postconf -n") prints what \
          \(code: "/root/postconf-before-mailgates.txt") holds, then delete the tables.
          """))
    page.numbers(items)
    if postfix.inbound != nil { addExactness(to: &page) }
  }
}

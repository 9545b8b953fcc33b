internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the pages say of the scripts; what follows on each page does the same by hand.
extension PostfixPages {
  /// - Parameters:
  ///   - words: what the script does, in their order. Each command stands in a block of its own, so
  ///     that nobody copies two at once.
  ///   - more: what is to be known of this script alone.
  func addScript(
    _ name: String, _ words: [String], _ more: [MarkdownPhrase], to page: inout BilingualPage
  ) {
    page.heading(2, ja: "スクリプトで行う", en: "By the script")
    page.paragraph(
      ja: """
        \(code: name) をサーバーにコピーし、rootで実行します。引数を付けずに実行すると、調べて変更点を表示するだけで、\
        何も変えません。2回目の実行では何も変わりません。
        """,
      en: """
        Copy \(code: name) to the server and run it as root. Without an argument it looks, shows what \
        it would change, and changes nothing. A second run changes nothing more.
        """)
    page.code("sh \(name)")
    for (index, word) in words.enumerated() {
      page.paragraph(
        ja: index == 0 ? "表示を確かめてから実行します。" : "下の条件がそろってから実行します。",
        en: index == 0
          ? "After reading what it shows:" : "Once what is said below has come about:")
      page.code("sh \(name) \(word)")
    }
    page.bullets(more + Self.ofEveryScript)
    page.heading(2, ja: "手作業で行う", en: "By hand")
    page.paragraph(
      ja: "スクリプトを使わないとき、またはスクリプトが手作業を求めたときは、次のとおりに行います。",
      en: "Without the script, or where it asks for work by hand, do this.")
  }

  private static let ofEveryScript: [MarkdownPhrase] = [
    .init(
      ja: """
        状態が想定と違うときは、\(code: "refused:") に続けて理由を表示し、何も変えずに終わります。\
        Postfix 2.11以降で使えます。
        """,
      en: """
        Where the state is not what it should be, it says \(code: "refused:") and why, and changes \
        nothing. It needs Postfix 2.11.
        """),
    .init(
      ja: """
        変更の前に、\(code: "main.cf")、\(code: "master.cf")、表を、\(code: folder + "mailgates-backup") の\
        日時の付いたフォルダーに控えます。控えを上書きすることはありません。\
        変更の後の検査に失敗したときは、自分で元に戻します。
        """,
      en: """
        Before a change it keeps \(code: "main.cf"), \(code: "master.cf") and the tables in a dated \
        folder in \(code: folder + "mailgates-backup"), and never writes over one. Where the checks \
        after a change fail, it goes back by itself.
        """),
  ]

  /// The way back by a script, before the way back by hand.
  func addScriptBack(_ name: String, _ word: String, to page: inout BilingualPage) {
    page.paragraph(
      ja: """
        スクリプトで行ったときは、rollbackの同じフォルダーの \(code: name) で戻します。
        """,
      en: "What a script did, \(code: name) of the same folder below rollback takes back.")
    page.code("sh \(name)")
    page.paragraph(ja: "表示を確かめてから実行します。", en: "After reading what it shows:")
    page.code("sh \(name) \(word)")
    page.paragraph(ja: "手作業では、次のとおりに戻します。", en: "By hand:")
  }

  /// Where it is said that the bytes come back.
  func addExactness(to page: inout BilingualPage) {
    page.paragraph(
      ja: """
        その後に \(code: "main.cf") を編集していなければ、すべてのファイルが作業前と1バイトも違わない内容に戻ります。\
        編集していたときは、スクリプトが書いた分だけを取り除きます。
        """,
      en: """
        Where \(code: "main.cf") was not edited since, all files come back byte for byte. Else only \
        what the scripts wrote is taken out.
        """)
  }

  var connectNotes: [MarkdownPhrase] {
    [
      .init(
        ja: """
          \(code: "smtpd_client_restrictions") に表を加えるだけで、この段階では誰も拒否しません。\
          \(code: "mynetworks")、\(code: "smtpd_relay_restrictions")、\(code: "master.cf") は変えません。
          """,
        en: """
          It only adds the table to \(code: "smtpd_client_restrictions"): nobody is refused yet. \
          \(code: "mynetworks"), \(code: "smtpd_relay_restrictions") and \(code: "master.cf") stay.
          """),
      .init(
        ja: """
          \(code: "note:") の行は、人が確かめることです(postscreen、milter、ブラックリストなど)。
          """,
        en: """
          Lines with \(code: "note:") are for people to see to: postscreen, milters, block lists.
          """),
    ]
  }

  var startNotes: [MarkdownPhrase] {
    var notes: [MarkdownPhrase] = [
      .init(
        ja: """
          契約ドメインを送信元とするメールだけが、実行した時からMailGatesを経由します。\
          エラー通知などの送信元が空のメールと、他社ドメインの送信元を残す転送メールは、今までどおりの経路で出ます。
          """,
        en: """
          From then on mail of senders in the contracted domains, and no other, goes by way of \
          MailGates. What has no sender, such as bounces, and forwarded mail that keeps a sender of \
          another domain leave as before.
          """),
      .init(
        ja: """
          経路はエンベロープの送信元で決まります。ヘッダーのFromが他社ドメインのメール(Webフォームの通知など)は\
          MailGatesに拒否されるため、送信するプログラムのFromを契約ドメインにしておきます。
          """,
        en: """
          The envelope sender decides. MailGates refuses mail whose From header is in another \
          domain, such as notices of web forms: have those programs write a From of a contracted \
          domain.
          """),
    ]
    if connection.domains.contains(where: \.name.value.isInternationalized) {
      notes.append(
        .init(
          ja: """
            国際化ドメインはA-label(\(code: "xn--…"))で調べます。SMTPUTF8で漢字やかなのまま書かれた送信元は表に当たらず、\
            今までの経路で出ます。利用者の送信元はA-labelにしておきます。
            """,
          en: """
            Internationalized domains are looked up as A-labels (\(code: "xn--…")). A sender that is \
            written in its own letters, by SMTPUTF8, is not in the table, and leaves as before: \
            have users send with the A-label.
            """))
    }
    return notes
  }

  var lockdownNotes: [MarkdownPhrase] {
    [
      .init(
        ja: """
          \(code: "warn") は誰も拒否せず、MailGates以外から届いたメールをログに残します。1日ほど、\
          \(code: "grep 'warn: RCPT' /var/log/mail.log") などで送信元を調べ、正しいものがなくなってから \
          \(code: "lockdown") に進みます。
          """,
        en: """
          \(code: "warn") refuses nobody, and logs what does not come from MailGates. For a day or \
          so look at who that is, with \(code: "grep 'warn: RCPT' /var/log/mail.log") or the like, \
          and go on to \(code: "lockdown") when nobody is there who should pass.
          """),
      .init(
        ja: """
          \(code: "lockdown") は、このサーバーが受信するすべてのドメインのMXがMailGatesだけを指すことをDNSで確かめ、\
          違うときは拒否を始めません。\(code: "--nameserver 192.0.2.53") のように、尋ねるサーバーを選べます。
          """,
        en: """
          \(code: "lockdown") asks the DNS whether the MX of every domain that this server takes mail \
          for names MailGates alone, and does nothing where it does not. The server to ask is chosen \
          as \(code: "--nameserver 192.0.2.53").
          """),
      .init(
        ja: """
          \(code: "dig") も \(code: "host") もないサーバーでは、別の場所でMXを確かめてから \
          \(code: "--mx-has-moved") を付けます。
          """,
        en: """
          On a server with neither \(code: "dig") nor \(code: "host"), see elsewhere that the MX has \
          moved, then add \(code: "--mx-has-moved").
          """),
    ]
  }
}

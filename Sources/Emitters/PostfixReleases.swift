internal import Artifacts
internal import Procedure
internal import TenantModel

/// What differs between releases of Postfix (postconf(5)).
extension PostfixPages {
  func addReleases(to page: inout BilingualPage) {
    page.heading(2, ja: "Postfixの版", en: "Releases of Postfix")
    var items: [MarkdownPhrase] = [
      .init(
        ja: "Postfix 3.7で確かめています。ここで使う設定は2.10以降、スクリプトは2.11以降で使えます。",
        en: """
          Checked with Postfix 3.7. What is used here exists since 2.10; the scripts need 2.11.
          """)
    ]
    var kinds: [Markdown] = []
    if postfix.inbound != nil {
      kinds.append("\(code: "cidr")")
      items.append(
        .init(
          ja: """
            2.10より前には \(code: "smtpd_relay_restrictions") がなく、\(code: "OK") が中継まで許すことがあるため、\
            先に版を上げます。
            """,
          en: """
            Before 2.10 there is no \(code: "smtpd_relay_restrictions"), and \(code: "OK") could \
            allow relaying: upgrade first.
            """))
    }
    if postfix.inbound != nil {
      items.append(
        .init(
          ja: """
            3.9以降は \(code: "smtpd_forbid_bare_newline") が既定で有効です(3.8や3.7の後の版にも、無効の状態で加わっています)。\
            \(code: "mynetworks") にあるアドレスはこの保護の対象外です。
            """,
          en: """
            From 3.9 on \(code: "smtpd_forbid_bare_newline") is on by default (later releases \
            of 3.8 and 3.7 know it, turned off). Addresses in \(code: "mynetworks") are exempt from it.
            """))
    }
    if postfix.outbound != nil {
      kinds.append("\(code: "texthash")")
      items.append(
        .init(
          ja: """
            必須にしたTLSでも、既定ではTLS 1.0を許します。TLS 1.2以上に限るには、3.6以降では \
            \(code: "smtp_tls_mandatory_protocols = >=TLSv1.2")、それより前では \
            \(code: "smtp_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1") と書きます。\
            ここでは変えません。
            """,
          en: """
            A required TLS may be TLS 1.0 by default. To have 1.2 at least, write \
            \(code: "smtp_tls_mandatory_protocols = >=TLSv1.2") from 3.6 on, and \
            \(code: "smtp_tls_mandatory_protocols = !SSLv2, !SSLv3, !TLSv1, !TLSv1.1") before. Nothing \
            here sets it.
            """))
      items.append(
        .init(
          ja: "次の中継先を複数並べられるのは3.5以降ですが、ここでは1つだけを使います。",
          en: "A list of next hops is of 3.5 and later; here there is only one."))
      items.append(
        .init(
          ja: """
            3.11以降は \(code: "smtp_tls_security_level") の既定値が変わりますが、中継先のTLSは表で決めているため\
            影響しません。
            """,
          en: """
            From 3.11 the default of \(code: "smtp_tls_security_level") differs; the table decides \
            for the relay, so nothing changes.
            """))
    }
    items.append(
      .init(
        ja: """
          \(kinds.joined(separator: " と ")) の表は \(code: "postmap") で変換しません。\
          書き換えた後は、すべてのプロセスが読み直すように \(code: "postfix reload") を実行します。
          """,
        en: """
          Tables of \(kinds.joined(separator: " and ")) are not converted by \
          \(code: "postmap"). After a change, run \(code: "postfix reload") so that every process reads them again.
          """))
    page.bullets(items)
  }
}

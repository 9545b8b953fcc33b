internal import Diagnostics
internal import Wording

// The codes of MailFlowRules.swift.
extension DiagnosticCode {
  static let otherServerOpen = DiagnosticCode(
    8100, .note,
    title: .init(ja: "mgcが閉じられないサーバー", en: "a server that mgc cannot close"),
    explanation: .init(
      ja:
        "other のサーバーには、直接届くメールを拒否する設定をmgcが作れません。サーバーのアドレスを知っている送信者は、MXを切り替えたあともMailGatesを通さずに送れます。接続元を制限できるかは、サーバーの管理者に確かめます。制限するのは、切替を確かめたあとです。",
      en:
        "For a server of the kind other, mgc cannot write what refuses mail that comes directly. Who knows its address can send around MailGates even after the cutover. Whether it can be restricted to MailGates' addresses is for its administrator to say; it is done when the cutover has been seen."
    ),
    example: "mailServers: [{ name: hosting, other: { description: レンタルサーバー } }]",
    source: "article 4402739136153")
  static let deliveryToOtherServer = DiagnosticCode(
    8101, .warning,
    title: .init(ja: "別のメールサーバーの配送先", en: "a delivery host of another mail server"),
    explanation: .init(
      ja:
        "配送先が、ドメインのメールボックスのない別のメールサーバーのホストです。そのサーバーはメールを拒否するか、MXを引いてMailGatesに送り返し、メールがループします。そのサーバーから本来のサーバーへ渡しているのなら、警告を止めてかまいません。",
      en:
        "The delivery host is of another mail server than the one with the domain's mailboxes. That server refuses the mail, or looks up its MX and sends it back to MailGates: a loop. If it hands mail on to the right server, the warning may be silenced."
    ),
    example:
      "mailServers: [{ name: head, postfix: { host: mail.kaede.example } }, { name: branch, postfix: { host: mail2.kaede.example } }]\ndomains: [{ name: kaede.example, mailServer: branch, deliveryHost: mail.kaede.example }]",
    source: "RFC 5321 sections 5.1 and 6.3")
  static let unlistedName = DiagnosticCode(
    8102, .warning,
    title: .init(ja: "domains にない、メールを受ける名前", en: "a name with mail that is not among the domains"),
    explanation: .init(
      ja:
        "ゾーンに、domains にない名前のMXがあり、この tenant.yaml のメールサーバーを指しています。mgcはそのMXを変えないので、メールはMailGatesを通りません。サーバーを遮断すると、直接届くそのメールは拒否されます。Exchange Onlineの送信のルールは、契約ドメインのサブドメインのメールも対象にします。",
      en:
        "The zone has an MX for a name that is not among the domains, and it names a mail server of this tenant.yaml. mgc does not change it, so that mail does not pass MailGates; once the server is closed, it is refused. Exchange Online's outbound rule takes mail of the subdomains of a contracted domain as well."
    ),
    example: "news 3600 IN MX 10 mail.kaede.example.",
    source: "Manage mail flow using a third-party cloud service; New-TransportRule")
  static let deliveryAlias = DiagnosticCode(
    8103, .error,
    title: .init(ja: "MailGatesの別名の配送先", en: "a delivery host that is an alias of MailGates"),
    explanation: .init(
      ja: "配送先の名前はCNAMEで、その先がMailGates自身です。MailGatesは受け取ったメールを自分に配送し続けます。",
      en:
        "The delivery host is a CNAME that leads to MailGates itself. MailGates would deliver what it receives to itself, round and round."
    ),
    example:
      "mail 3600 IN CNAME mx1.gateway.example.\ndomains: [{ name: kaede.example, deliveryHost: mail.kaede.example }]",
    source: "RFC 5321 section 6.3")
  static let wholeOrganization = DiagnosticCode(
    8104, .note,
    title: .init(ja: "組織全体に効く遮断", en: "a lockdown of the whole organization"),
    explanation: .init(
      ja:
        "Exchange Onlineの遮断は、宛先のドメインを区別しません。….onmicrosoft.com のMXはMicrosoftのもので、MailGatesに向けられません。ここにない承認済みドメインのMXも、mgcは変えません。どちらも、外から直接届くメールが拒否されます。lockdown.ps1 は、ほかを指すMXがあれば止まります。",
      en:
        "The lockdown of Exchange Online does not tell recipient domains apart. The MX of ….onmicrosoft.com is Microsoft's and cannot name MailGates, and mgc does not change the MX of accepted domains that are not here. Mail that comes to either from outside is refused. lockdown.ps1 stops where it finds an MX that points elsewhere."
    ),
    example: "microsoft365: { tenant: kaede.onmicrosoft.com, lockdown: { address: {} }, … }",
    source: "Manage mail flow using a third-party cloud service, step 4")
}

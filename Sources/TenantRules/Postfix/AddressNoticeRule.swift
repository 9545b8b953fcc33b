internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Whether there is time to tell the vendor where mail will come from.
  static let addressNotice = Rule([.lateNotice]) { input, bag in
    let tenant = input.tenant
    let contract = tenant.contract
    guard contract.includes(.inboundSecurity), contract.includes(.leakPrevention),
      let address = tenant.mailServers.flatMap(\.addresses).first,
      let cutover = tenant.domains.compactMap(\.cutover).min(by: { $0.value < $1.value })
    else { return }
    let days = Catalogue.addressNoticeDays.value
    let left = cutover.value.seconds - input.now.seconds
    guard left >= 0, left < days * 86400 else { return }
    let deadline = cutover.value.date.adding(days: -days)
    bag.add(
      Diagnostic(
        .lateNotice, at: cutover.span,
        .init(
          ja: "送信元のアドレスを提供元へ知らせる期限の \(deadline) は過ぎている",
          en: "\(deadline), the last day to tell the vendor the source addresses, is past"),
        help: .init(
          ja: "知らせていなければ、切替を延ばすか、間に合うかを提供元に確かめる",
          en: "unless it was told, put the cutover off, or ask the vendor whether it can be in time"
        ),
        labels: [.init(address.span, .init(ja: "知らせるアドレス", en: "an address to tell"))]))
  }
}

extension DiagnosticCode {
  static let lateNotice = DiagnosticCode(
    6110, .warning,
    title: .init(ja: "間に合わない送信元アドレスの連絡", en: "source addresses told too late"),
    explanation: .init(
      ja:
        "MAILGATES Σへの中継は、送信元サーバーのグローバルIPアドレスで制御されます。提供元は、アドレスの変更を1か月前までに知らせるよう求めています。mgcはその1か月を30日とし、最初の切替から数えます。手紙は out/3-mail-server/vendor-notice.md にあります。もう送ったのなら、この行の mgc:allow に送った日を書きます。",
      en:
        "Relaying into MAILGATES Σ is controlled by the global IP addresses of the sending servers, and the vendor wants to hear of a change a month ahead. mgc takes the month as 30 days and counts from the first cutover. The letter is out/3-mail-server/vendor-notice.md. If it was sent, say when in an mgc:allow at this line."
    ),
    example:
      "mailServers: [{ name: factory, postfix: { host: mail.kaede.example, addresses: [203.0.113.25] } }]\ncutover: <10日後>",
    source: "article 44234964774425")
}

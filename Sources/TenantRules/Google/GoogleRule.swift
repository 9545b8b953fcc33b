internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What Google Workspace can do.
  static let google = Rule([.googlePort, .googleCertificate, .googleOpen], judgesAbsence: true) {
    input, bag in
    let contract = input.tenant.contract
    for server in input.tenant.mailServers {
      guard case .googleWorkspace(let settings) = server.kind else { continue }
      if contract.includes(.leakPrevention), let port = input.tenant.gateway.relay?.port,
        port.value != 25, port.value != 587, !(1024...65535).contains(port.value)
      {
        bag.add(
          Diagnostic(
            .googlePort, at: port.span,
            .init(
              ja: "Google Workspaceの「ホスト」は、ポート\(port.value)を受け付けない",
              en: "hosts of Google Workspace do not take port \(port.value)"),
            help: .init(ja: "25、587、1024〜65535のどれかを書く", en: "write 25, 587 or 1024 to 65535"),
            labels: [
              .init(
                server.name.span,
                .init(ja: "このGoogle Workspaceが送る", en: "this Google Workspace sends"))
            ]))
      }
      guard contract.includes(.inboundSecurity) else { continue }
      guard let lockdown = settings.lockdown else {
        bag.add(
          .noLockdown(
            .googleOpen, at: server.name.span,
            how: .init(both: "lockdown: { address: {} }")))
        continue
      }
      if case .certificate = lockdown.value {
        bag.add(
          .certificateLockdown(
            .googleCertificate, at: lockdown.span,
            .init(
              ja: "Google Workspaceは、証明書ではなくアドレスでMailGatesを見分ける",
              en: "Google Workspace knows MailGates by address, not by certificate")))
      }
    }
  }
}

extension Diagnostic {
  static func certificateLockdown(
    _ code: DiagnosticCode, at span: SourceSpan, _ message: LocalizedText
  ) -> Diagnostic {
    Diagnostic(
      code, at: span, message,
      help: .init(ja: "{ address: {} } と書く", en: "write { address: {} }"),
      fixes: [
        .init(
          .init(ja: "{ address: {} } に直す", en: "write { address: {} }"),
          [TextEdit(span, replacement: "{ address: {} }")], isSafe: false)
      ])
  }
}

extension DiagnosticCode {
  static let googlePort = DiagnosticCode(
    5001, .error,
    title: .init(ja: "Googleが送れないポート", en: "a port that Google does not send to"),
    explanation: .init(
      ja: "Google Workspaceの「ホスト」に書けるポートは、25、587、1024〜65535です。465は使えません。開通通知書のポート番号を確かめます。",
      en:
        "A host in Google Workspace has port 25, 587 or 1024 to 65535; 465 is not taken. See which port the opening notice names."
    ),
    example: "gateway: { relay: { host: relay.gateway.example, port: 465, tls: required } }",
    source: "support.google.com/a/answer/2614757")
  static let googleCertificate = DiagnosticCode(
    5002, .error,
    title: .init(ja: "Googleの証明書による遮断", en: "a lockdown by certificate with Google"),
    explanation: .init(
      ja: "受信ゲートウェイは「ゲートウェイのIP」の一覧で見分けます。証明書の名前で拒否する設定はありません。address にします。",
      en:
        "The inbound gateway goes by its list of addresses. It has no way to refuse by a certificate's name. Write address instead."
    ),
    example: "googleWorkspace: { lockdown: { certificate: { name: mx.gateway.example } }, … }",
    source: "support.google.com/a/answer/60730")
  static let googleOpen = DiagnosticCode(
    5003, .note,
    title: .init(ja: "遮断されないGoogleへの直接配送", en: "direct delivery to Google that stays open"),
    explanation: .init(
      ja: "「ゲートウェイから届いたものではないメールを拒否」を有効にしなければ、MailGatesを通らないメールも届きます。有効にするのは切替のあとです。",
      en:
        "Unless \"Reject all mail not from gateway IPs\" is on, mail around MailGates still arrives. It is turned on after the cutover."
    ),
    example: "googleWorkspace: { signIn: { oauth: {} } }",
    source: "support.google.com/a/answer/60730"
  )
  static let originWithPath = DiagnosticCode(
    5004, .error,
    title: .init(ja: "パスのあるJavaScript 生成元", en: "a JavaScript origin with a path"),
    explanation: .init(
      ja: "生成元は、https:// とホスト(とポート)だけです。パスや最後の / があると、Google Cloudの画面が受け付けません。",
      en:
        "An origin is https:// and a host, and a port. The Google Cloud console refuses one with a path or with a slash at its end."
    ),
    example: "notice: { oauth: { …, origin: https://origin.gateway.example/login } }",
    source: "RFC 6454 section 4; article 900001210703")
}

internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The includes of the gateway and of the mail server.
  static let spfIncludes = Rule([.noBackendInclude, .removesGateway, .otherProduct]) {
    input, bag in
    let gateway = input.tenant.gateway.spf
    let other = Catalogue.otherProductInclude.value
    if let gateway, gateway.value.ascii == other {
      bag.add(
        Diagnostic(
          .otherProduct, at: gateway.span,
          .init(
            ja: "「\(other)」はCYBERMAIL Σのincludeで、MAILGATES Σのものではない",
            en: "\"\(other)\" is the include of CYBERMAIL Σ, not of MAILGATES Σ"),
          help: .init(
            ja: "記事360040491452のMAILGATES Σの節にある値を書く",
            en: "write the value of the MAILGATES Σ section of article 360040491452")))
    }
    for spf in input.domainsWithSPF {
      if let gateway {
        let own = SPFTerm.directive(qualifier: .pass, mechanism: .include(gateway.value.ascii))
        for term in spf.domain.spf?.remove ?? [] where term.value.identity == own.identity {
          bag.add(
            Diagnostic(
              .removesGateway, at: term.span,
              .init(
                ja: "「\(term.value.description.excerpt())」はMailGatesのincludeで、取り除けない",
                en: "\"\(term.value.description.excerpt())\" is MailGates' include and must stay"),
              help: .init(ja: "remove から消す", en: "take it out of remove"),
              labels: [
                .init(gateway.span, .init(ja: "MailGatesのinclude", en: "MailGates' include"))
              ], fixes: [.remove(term.span, isSafe: true)]))
        }
      }
      guard let merged = spf.merged, merged.redirect == nil || merged.all != nil,
        let server = input.server(of: spf.domain), let needed = server.documentedSPF,
        !merged.terms.contains(where: {
          $0.identity == needed.identity || $0.isInner(of: needed)
        })
      else { continue }
      let name = spf.domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .noBackendInclude, at: spf.place,
          .init(
            ja: "「\(name)」のSPFに「\(needed)」がない", en: "the SPF of \"\(name)\" lacks \"\(needed)\""),
          help: .init(
            ja: "senders に \(needed) を加える", en: "add \(needed) to senders"),
          labels: [
            .init(server.name.span, .init(ja: "メールサーバーはここ", en: "the mail server"))
          ]))
    }
  }
}

extension SPFTerm {
  /// Whether it is an inner name of Google's, which has a finding of its own.
  fileprivate func isInner(of needed: SPFTerm) -> Bool {
    guard needed.mechanism == .include(Catalogue.googleInclude.value),
      case .include(let target) = mechanism
    else { return false }
    let name = target.lowercased()
    return name.hasPrefix("_netblocks") && name.hasSuffix(".google.com")
  }
}

extension DiagnosticCode {
  static let noBackendInclude = DiagnosticCode(
    3014, .warning,
    title: .init(ja: "メールサーバーのincludeがないSPF", en: "SPF without the mail server's include"),
    explanation: .init(
      ja:
        "MailGatesを経由しないメール(サービスからの通知、切替途中の送信)は、Microsoft 365やGoogle Workspaceから直接出ます。SPFには両方が要ります。",
      en:
        "Some mail, such as notices of the service and whatever leaves before the route has changed, comes from Microsoft 365 or Google Workspace directly. SPF needs both."
    ),
    example:
      "mailServers: [{ name: m365, microsoft365: … }]\ndomains: [{ name: kaede.example, spf: { senders: [ip4:198.51.100.7] } }]",
    source: "support.google.com/a/answer/178333")
  static let removesGateway = DiagnosticCode(
    3015, .error,
    title: .init(ja: "取り除かれるMailGatesのinclude", en: "a removal of MailGates' include"),
    explanation: .init(
      ja: "情報漏洩対策では、メールはMailGatesから出ます。gateway.spf のincludeを remove に書くのは矛盾です。",
      en:
        "With leak-prevention mail leaves from MailGates. To name the include of gateway.spf in remove is a contradiction."
    ),
    example:
      "gateway: { spf: spf.gateway.example }\nspf: { remove: [include:spf.gateway.example] }",
    source: "article 360040491452")
  static let otherProduct = DiagnosticCode(
    3016, .error,
    title: .init(ja: "別の製品のinclude", en: "the include of another product"),
    explanation: .init(
      ja: "spfcm.cybermail.jp はCYBERMAIL ΣとEMERGENCYMAILの値です。MAILGATES Σの値は同じ記事の別の節にあります。",
      en:
        "spfcm.cybermail.jp is for CYBERMAIL Σ and EMERGENCYMAIL. The value for MAILGATES Σ stands in another section of the same article."
    ),
    example: "gateway: { spf: spfcm.cybermail.jp }", source: "article 360040491452")
}

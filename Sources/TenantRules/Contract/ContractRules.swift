internal import Diagnostics
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// A setting that the contracted services do not include (article's third table).
  static let settingNotInContract = Rule([.settingNotInContract]) { input, bag in
    let tenant = input.tenant
    let settings = tenant.settings
    let found: [(ContractMatrix.Setting, SourceSpan?)] = [
      (.mailProcessing, settings.mailProcessing?.span), (.lists, settings.lists?.span),
      (.filtering, settings.senderAuthentication?.span), (.bec, settings.bec?.span),
      (.review, settings.dictionaries?.span), (.review, settings.review?.span),
      (.delay, settings.delay?.span), (.bcc, settings.bcc?.span), (.zip, settings.zip?.span),
      (.attachmentLink, settings.attachmentLink?.span),
    ]
    for (setting, span) in found {
      let row = ContractMatrix.row(of: setting)
      guard let span, !row.isAsked(by: tenant.contract) else { continue }
      let services = LocalizedText(
        ja: row.services.map(\.title.ja).joined(separator: "、"),
        en: row.services.map(\.title.en).joined(separator: ", "))
      bag.add(
        Diagnostic(
          .settingNotInContract, at: span,
          .init(
            ja: "\(setting.title.ja)は契約にない\(services.ja)の設定",
            en: "\(setting.title.en) belongs to \(services.en), which is not contracted"),
          help: .init(
            ja: "設定を消すか、契約していれば services に書く",
            en: "remove the setting, or name the service in services if it is contracted"),
          labels: tenant.contract.places))
    }
  }

  /// What belongs to a step that the contract does not ask for (language, rule 11).
  static let stepNotInContract = Rule([.stepNotInContract]) { input, bag in
    let contract = input.tenant.contract
    let gateway = input.tenant.gateway
    func note(_ path: String, _ span: SourceSpan?, as key: String? = nil) {
      let services = ContractKeys.services(of: path)
      guard let span, let service = services.first, !services.contains(where: contract.includes)
      else { return }
      let key = key ?? path
      bag.add(
        Diagnostic(
          .stepNotInContract, at: span,
          .init(
            ja: "\(key) は\(service.title.ja)の手順で使い、この契約では何も出力されない",
            en: "\(key) belongs to a step of \(service.title.en), so nothing is written for it"),
          labels: contract.places))
    }
    note("gateway.mx", gateway.mx.first?.host.span)
    note("gateway.relay", gateway.relay?.host.span)
    note("gateway.spf", gateway.spf?.span)
    note("gateway.loopGuard", gateway.loopGuard?.span)
    for domain in input.tenant.domains {
      note("domains.spf", domain.spf?.span, as: "spf")
      note("domains.dkim", domain.dkim.first?.span, as: "dkim")
      note("domains.dmarc", domain.dmarc?.span, as: "dmarc")
      note("domains.tlsReports", domain.tlsReports.first?.span, as: "tlsReports")
    }
  }

  /// What cannot be without inbound-security.
  static let needsInboundSecurity = Rule(
    [.cutoverNotInContract, .lockdownNotInContract, .sandboxNotInContract]
  ) { input, bag in
    let tenant = input.tenant
    guard !tenant.contract.includes(.inboundSecurity) else { return }
    let help = LocalizedText(
      ja: "消すか、契約していれば services に inbound-security を書く",
      en: "remove it, or name inbound-security in services if it is contracted")
    for domain in tenant.domains {
      guard let cutover = domain.cutover else { continue }
      bag.add(
        Diagnostic(
          .cutoverNotInContract, at: cutover.span,
          .init(
            ja: "入口対策基本サービスの契約がないので、MXは切り替わらない",
            en: "without inbound-security the MX does not change"),
          help: help, labels: tenant.contract.places))
    }
    for server in tenant.mailServers {
      guard let lockdown = server.lockdown else { continue }
      bag.add(
        Diagnostic(
          .lockdownNotInContract, at: lockdown.span,
          .init(
            ja: "入口対策基本サービスの契約がなく、直接配送を遮断すると受信できなくなる",
            en: "without inbound-security a lockdown would refuse all mail"),
          help: help, labels: tenant.contract.places))
    }
    for option in tenant.contract.options where option.value == .sandbox {
      bag.add(
        Diagnostic(
          .sandboxNotInContract, at: option.span,
          .init(
            ja: "サンドボックスは、契約にない入口対策基本サービスのオプション",
            en: "the sandbox is an option of inbound-security, which is not contracted"),
          help: help, labels: tenant.contract.places))
    }
  }
}

extension Contract {
  /// Where the services are named, as labels.
  var places: [Diagnostic.Label] {
    guard let first = services.first, let last = services.last else { return [] }
    return [
      .init(
        first.span.union(last.span),
        .init(ja: "契約のサービスはここ", en: "the contracted services"))
    ]
  }
}

extension DiagnosticCode {
  static let settingNotInContract = DiagnosticCode(
    9002, .error,
    title: .init(ja: "契約に含まれない設定", en: "a setting that the contract does not include"),
    explanation: .init(
      ja: "各種設定はサービスごとに分かれています。契約にないサービスの画面は管理画面に出ないか、働きません。",
      en:
        "Each setting belongs to a service. Without the service its screen is not there, or does nothing."
    ),
    example: "contract: { services: [inbound-security] }\nsettings: { delay: { minutes: 5 } }",
    source: "article 4402739136153")
  static let stepNotInContract = DiagnosticCode(
    9003, .note,
    title: .init(ja: "契約にない手順の値", en: "a value of a step that the contract does not ask for"),
    explanation: .init(
      ja: "値は残しておけますが、契約がその手順を求めないので、何も出力されません。契約を追加すると使われます。",
      en:
        "The value may stay. The contract does not ask for its step, so nothing is written for it until a service is added."
    ),
    example:
      "contract: { services: [inbound-security] }\ndomains: [{ name: kaede.example, spf: { all: fail } }]",
    source: "article 4402739136153")
  static let cutoverNotInContract = DiagnosticCode(
    9004, .error,
    title: .init(ja: "入口対策のないMX切替", en: "a cutover without inbound-security"),
    explanation: .init(
      ja: "MXの切替は入口対策基本サービスの手順です。情報漏洩対策だけの契約でMXを向けると、受信メールが行き場を失います。",
      en:
        "The MX changes only with inbound-security. With leak-prevention alone, mail sent to MailGates would have nowhere to go."
    ),
    example:
      "contract: { services: [leak-prevention] }\ndomains: [{ name: kaede.example, cutover: 2026-12-19T22:00:00+09:00 }]",
    source: "article 4402739136153")
  static let lockdownNotInContract = DiagnosticCode(
    9005, .error,
    title: .init(ja: "入口対策のない直接配送の遮断", en: "a lockdown without inbound-security"),
    explanation: .init(
      ja: "入口対策基本サービスがなければ、メールは今までどおり直接届きます。MailGates以外を拒否すると、すべての受信メールを拒否することになります。",
      en:
        "Without inbound-security mail keeps arriving directly. To refuse what does not come by MailGates would refuse all of it."
    ),
    example:
      "contract: { services: [leak-prevention] }\nmailServers: [{ name: m365, microsoft365: { …, lockdown: { address: {} } } }]",
    source: "article 4402739136153")
  static let sandboxNotInContract = DiagnosticCode(
    9006, .error,
    title: .init(ja: "入口対策のないサンドボックス", en: "a sandbox without inbound-security"),
    explanation: .init(
      ja: "サンドボックスオプションは、入口対策基本サービスに付くオプションです。",
      en: "The sandbox option comes with inbound-security only."),
    example: "contract: { services: [leak-prevention], options: [sandbox] }",
    source: "article 4402686333721")
}

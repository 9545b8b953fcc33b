internal import Diagnostics
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What a service is needed for that the contract does not have. One service that is missing is
  /// one cause: its first place has the finding, and the others are labels.
  static let notInContract = Rule(
    [
      .settingNotInContract, .stepNotInContract, .cutoverNotInContract, .lockdownNotInContract,
      .sandboxNotInContract,
    ], judgesAbsence: true
  ) { input, bag in
    let contract = input.tenant.contract
    let uses =
      input.tenant.settingUses + input.tenant.inboundSecurityUses + input.tenant.stepUses
    for service in Service.allCases where !contract.includes(service) {
      let all = uses.filter { $0.service == service }.sorted { $0.span < $1.span }
      let errors = all.filter { $0.code.severity == .error }
      let shown = errors.isEmpty ? all : errors
      guard let first = shown.first else { continue }
      let others = shown.dropFirst().prefix(ServiceUse.labelLimit).map { use in
        Diagnostic.Label(use.span, use.what)
      }
      bag.add(
        Diagnostic(
          first.code, at: first.span, first.message, help: errors.isEmpty ? nil : service.advice,
          labels: contract.places + others))
    }
  }
}

/// A place of tenant.yaml that is of use with a service only.
private struct ServiceUse {
  let service: Service
  let code: DiagnosticCode
  let span: SourceSpan
  let message: LocalizedText
  /// The same as a label beside another of its kind.
  let what: LocalizedText

  /// The most further places that are shown.
  static let labelLimit = 12
}

extension Service {
  fileprivate var advice: LocalizedText {
    .init(
      ja: "消すか、契約していれば services に \(rawValue) を書く",
      en: "remove it, or name \(rawValue) in services if it is contracted")
  }
}

extension Tenant {
  /// The settings of step 5 (the article's third table).
  fileprivate var settingUses: [ServiceUse] {
    let found: [(ContractMatrix.Setting, SourceSpan?)] = [
      (.mailProcessing, settings.mailProcessing?.span), (.lists, settings.lists?.span),
      (.filtering, settings.senderAuthentication?.span), (.filtering, settings.filtering?.span),
      (.bec, settings.bec?.span), (.bec, settings.socialEngineering?.span),
      (.review, settings.dictionaries?.span), (.review, settings.exclusionDictionaries?.span),
      (.review, settings.review?.span), (.review, settings.reviewDelegation?.span),
      (.delay, settings.delay?.span), (.bcc, settings.bcc?.span), (.zip, settings.zip?.span),
      (.attachmentLink, settings.attachmentLink?.span),
    ]
    return found.flatMap { setting, span -> [ServiceUse] in
      guard let span else { return [] }
      let row = ContractMatrix.row(of: setting)
      guard !row.isAsked(by: contract) else { return [] }
      return row.services.map { service in
        ServiceUse(
          service: service, code: .settingNotInContract, span: span,
          message: .init(
            ja: "\(setting.title.ja)は契約にない\(service.title.ja)の設定",
            en: "\(setting.title.en) belongs to \(service.title.en), which is not contracted"),
          what: .init(
            ja: "\(setting.title.ja)も\(service.title.ja)の設定",
            en: "\(setting.title.en) belongs to it too"))
      }
    }
  }

  /// What cannot be without inbound-security.
  fileprivate var inboundSecurityUses: [ServiceUse] {
    func use(
      _ code: DiagnosticCode, _ span: SourceSpan, _ message: LocalizedText, _ what: LocalizedText
    ) -> ServiceUse {
      ServiceUse(
        service: .inboundSecurity, code: code, span: span, message: message, what: what)
    }
    let cutovers = domains.compactMap(\.cutover).map { cutover in
      use(
        .cutoverNotInContract, cutover.span,
        .init(
          ja: "入口対策基本サービスの契約がないので、MXは切り替わらない",
          en: "without inbound-security the MX does not change"),
        .init(ja: "MXの切替も入口対策の手順", en: "the cutover belongs to it too"))
    }
    let lockdowns = mailServers.compactMap(\.lockdown).map { lockdown in
      use(
        .lockdownNotInContract, lockdown.span,
        .init(
          ja: "入口対策基本サービスの契約がなく、直接配送を遮断すると受信できなくなる",
          en: "without inbound-security a lockdown would refuse all mail"),
        .init(ja: "直接配送の遮断も入口対策の手順", en: "the lockdown belongs to it too"))
    }
    let sandboxes = contract.options.filter { $0.value == .sandbox }.map { option in
      use(
        .sandboxNotInContract, option.span,
        .init(
          ja: "サンドボックスは、契約にない入口対策基本サービスのオプション",
          en: "the sandbox is an option of inbound-security, which is not contracted"),
        .init(ja: "サンドボックスも入口対策のオプション", en: "the sandbox belongs to it too"))
    }
    return cutovers + lockdowns + sandboxes
  }

  /// What belongs to a step that the contract does not ask for (language, rule 11).
  fileprivate var stepUses: [ServiceUse] {
    var uses: [ServiceUse] = []
    func note(_ path: String, _ span: SourceSpan?, as key: String? = nil) {
      guard let span, let service = ContractKeys.services(of: path).first else { return }
      let key = key ?? path
      uses.append(
        ServiceUse(
          service: service, code: .stepNotInContract, span: span,
          message: .init(
            ja: "\(key) は\(service.title.ja)の手順で使い、この契約では何も出力されない",
            en: "\(key) belongs to a step of \(service.title.en), so nothing is written for it"),
          what: .init(ja: "\(key) も同じ", en: "nor for \(key)")))
    }
    note("gateway.mx", gateway.mx.first?.host.span)
    note("gateway.relay", gateway.relay?.host.span)
    note("gateway.spf", gateway.spf?.span)
    note("gateway.loopGuard", gateway.loopGuard?.span)
    note("gateway.arcSealer", gateway.arcSealer?.span)
    for domain in domains {
      note("domains.spf", domain.spf?.span, as: "spf")
      note("domains.dkim", domain.dkim.first?.span, as: "dkim")
      note("domains.dmarc", domain.dmarc?.span, as: "dmarc")
      note("domains.tlsReports", domain.tlsReports.first?.span, as: "tlsReports")
      note("domains.mtaSts", domain.mtaSTS?.span, as: "mtaSts")
    }
    return uses
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
      ja: "各種設定はサービスごとに分かれています。契約にないサービスの画面は管理者画面に出ないか、働きません。",
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

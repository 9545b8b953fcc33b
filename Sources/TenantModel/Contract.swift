package import SourceText

/// What the customer has contracted; it decides which steps and settings exist.
package struct Contract: Sendable {
  package let services: [Located<Service>]
  package let options: [Located<ServiceOption>]

  package init(services: [Located<Service>], options: [Located<ServiceOption>]) {
    self.services = services
    self.options = options
  }

  package func includes(_ service: Service) -> Bool {
    services.contains { $0.value == service }
  }
}

/// A base service of the contract (article 4402739136153).
package enum Service: String, CaseIterable, Sendable {
  /// 入口対策基本サービス: antivirus and antispam.
  case inboundSecurity = "inbound-security"
  /// 情報漏洩対策基本サービス: misdelivery prevention, mail review, attachment encryption.
  case leakPrevention = "leak-prevention"
}

/// A paid option of a service.
package enum ServiceOption: String, CaseIterable, Sendable {
  /// サンドボックスオプション, of inbound-security (article 4402686333721).
  case sandbox
}

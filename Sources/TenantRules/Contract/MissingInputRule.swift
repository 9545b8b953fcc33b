internal import Diagnostics
internal import Procedure
internal import Wording

extension Rule {
  /// A value that the contract needs is not there (language, rule 4).
  static let missingInput = Rule([.missingInput], judgesAbsence: true) { input, bag in
    guard case .missing(let inputs) = input.requirements else { return }
    for missing in inputs {
      bag.add(
        Diagnostic(
          .missingInput, at: missing.place,
          .init(ja: "「\(missing.key)」がない", en: "\"\(missing.key)\" is missing"),
          help: .init(
            ja: "\(missing.purpose.ja)に使う。\(missing.source.wording.ja)で確かめる",
            en: "it is used for \(missing.purpose.en); see \(missing.source.wording.en)"),
          labels: [
            .init(
              missing.requiredBy,
              .init(ja: "\(missing.requirer.ja)に必要", en: "\(missing.requirer.en) needs it"))
          ]))
    }
  }
}

extension DiagnosticCode {
  static let missingInput = DiagnosticCode(
    9001, .error,
    title: .init(ja: "契約に必要な値がない", en: "a value that the contract needs is missing"),
    explanation: .init(
      ja:
        "ホスト名、アドレス、SPFのinclude、ループ防止の条件は、どこにも公開されていません。mgcは推測せず、開通通知書などで確かめた値をtenant.yamlに書いてもらいます。",
      en:
        "Hosts, addresses, the SPF include and the loop guard are published nowhere. mgc never guesses them: they are written in tenant.yaml as the opening notice or the vendor's support gives them."
    ),
    example: "contract: { services: [inbound-security] }\ngateway: { console: mail-security }",
    source: "article 4402739136153")
  static let onlyParked = DiagnosticCode(
    9010, .warning,
    title: .init(ja: "メールに使うドメインがない", en: "no domain with mail"),
    explanation: .init(
      ja: "すべてのドメインが role: parked なので、MXも送信経路も変わらず、契約したサービスは何もしません。",
      en:
        "With role: parked everywhere neither the MX nor the way out changes, and what is contracted does nothing."
    ),
    example: "domains: [{ name: kaede.example, role: parked }]", source: "article 4402739136153")
}

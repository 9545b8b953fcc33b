internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Tools that set records by themselves need to know what is there.
  static let formNeedsZone = Rule([.formNeedsZone]) { input, bag in
    for domain in input.tenant.domains where domain.zone == nil {
      for format in domain.publish where format.value.setsRecords {
        let form = format.value.rawValue
        bag.add(
          Diagnostic(
            .formNeedsZone, at: format.span,
            .init(
              ja: "「\(domain.name.value.unicode)」のゾーンが分からないため、「\(form)」には出せない変更がある",
              en:
                "\"\(form)\" leaves out what could overwrite records: the zone of \"\(domain.name.value.unicode)\" is unknown"
            ),
            help: .init(
              ja: "zone: { file: … } か zone: { snapshot: … } で今のゾーンを示す",
              en: "give the zone as it is by zone: { file: … } or zone: { snapshot: … }")))
      }
    }
  }
}

extension TenantDomain.PublishFormat {
  /// Whether a program takes the form and sets records, with nobody reading what was there.
  fileprivate var setsRecords: Bool {
    switch self {
    case .octodns, .terraformRoute53, .nsupdate: true
    case .bind, .table: false
    }
  }
}

extension DiagnosticCode {
  static let formNeedsZone = DiagnosticCode(
    3056, .warning,
    title: .init(ja: "今のゾーンが要る形式", en: "a form that needs the zone as it is"),
    explanation: .init(
      ja: """
        octoDNS、Terraform、nsupdateは、書かれたレコードをそのまま設定します。今のSPFやMXが分からないまま出力すると、\
        誰も見ていないレコードを消すおそれがあるため、その変更は出力から除かれ、コメントだけが残ります。\
        zone で今のゾーンを示すと、すべて出力されます。
        """,
      en: """
        octoDNS, Terraform and nsupdate set what is written, as it is written. Without knowing \
        today's SPF or MX they could delete records that nobody has seen, so those changes are \
        left out and only a comment stays. Give the zone by `zone`, and everything is written.
        """),
    example: "publish: [bind, octodns]")
}

internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// MTA-STS and TLS reporting as the zone has them.
  static let transport = Rule([.twoTLSReportRecords, .stsWithoutReports, .faultySTS]) {
    input, bag in
    let contract = input.tenant.contract
    for zone in input.knownZones where zone.domain.role != .parked {
      let labels: [Diagnostic.Label] = [.domain(zone.domain.name.span)]
      let reports = zone.contents.texts(at: "_smtp._tls").filter {
        $0.lowercased().hasPrefix("v=tlsrptv1")
      }
      let takesOver = contract.includes(.leakPrevention) && !zone.domain.tlsReports.isEmpty
      if reports.count > 1, !takesOver {
        bag.add(
          Diagnostic(
            .twoTLSReportRecords, at: zone.span("_smtp._tls", .txt),
            .init(
              ja: "TLSレポートのレコードが\(reports.count)つあり、どれも使われない",
              en: "there are \(reports.count) records for TLS reports, so none is used"),
            help: .init(
              ja: "宛先を , で並べた1つのレコードにする",
              en: "make them one record, with the addresses parted by commas"), labels: labels))
      }
      guard contract.includes(.inboundSecurity) else { continue }
      let policies = zone.contents.texts(at: "_mta-sts").filter { $0.hasPrefix("v=STSv1") }
      guard let policy = policies.first else { continue }
      let span = zone.span("_mta-sts", .txt)
      if policies.count > 1 || !policy.hasSTSIdentifier {
        bag.add(
          Diagnostic(
            .faultySTS, at: span,
            policies.count > 1
              ? .init(
                ja: "MTA-STSのレコードが\(policies.count)つある",
                en: "there are \(policies.count) records of MTA-STS")
              : .init(
                ja: "MTA-STSのidが1〜32文字の英数字ではない",
                en: "the id of MTA-STS is not 1 to 32 letters and digits"),
            help: .init(
              ja: "v=STSv1; id=20261219; のような1つのレコードにする",
              en: "make it one record like v=STSv1; id=20261219;"), labels: labels))
      } else if reports.isEmpty, zone.knows("_smtp._tls", .txt), !takesOver,
        zone.domain.mtaSTS?.mode.value != .enforce
      {
        // Where tenant.yaml has it enforced, that is the finding.
        bag.add(
          Diagnostic(
            .stsWithoutReports, at: span,
            .init(
              ja: "MTA-STSがあるのに、失敗を知るTLSレポートの宛先がない",
              en: "there is MTA-STS, and no address for TLS reports that would show its failures"),
            help: .init(
              ja: "切替の前に _smtp._tls を公開する", en: "publish _smtp._tls before the cutover"),
            labels: labels))
      }
    }
  }
}

extension String {
  /// Whether a record of MTA-STS has an id as it must be (RFC 8461 section 3.1).
  fileprivate var hasSTSIdentifier: Bool {
    for part in split(separator: ";") {
      let field = part.drop { $0 == " " || $0 == "\t" }
      guard field.hasPrefix("id=") else { continue }
      var value = field.dropFirst(3)
      while value.last == " " || value.last == "\t" { value.removeLast() }
      return (1...32).contains(value.utf8.count)
        && value.utf8.allSatisfy {
          (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        }
    }
    return false
  }
}

extension DiagnosticCode {
  static let twoTLSReportRecords = DiagnosticCode(
    3066, .warning,
    title: .init(ja: "2つあるTLSレポートのレコード", en: "two records for TLS reports"),
    explanation: .init(
      ja: "_smtp._tls のレコードは1つだけです。2つ以上あると、送信側はTLSレポートがないものとして扱います。",
      en:
        "There is one record at _smtp._tls. With more than one, senders act as if there were none."),
    example: #"_smtp._tls 3600 IN TXT "v=TLSRPTv1; rua=mailto:a@kaede.example""# + "\n"
      + #"_smtp._tls 3600 IN TXT "v=TLSRPTv1; rua=mailto:b@kaede.example""#,
    source: "RFC 8460 section 3")
  static let stsWithoutReports = DiagnosticCode(
    3067, .note,
    title: .init(ja: "TLSレポートのないMTA-STS", en: "MTA-STS without TLS reports"),
    explanation: .init(
      ja: "ポリシーと合わないMXへの配送を、送信側はあきらめます。送信側が困っていることは、TLSレポートでしかわかりません。切替の前に受け取れるようにします。",
      en:
        "Senders give up on an MX that the policy does not name, and only TLS reports tell of it. They should come in before the cutover."
    ),
    example: #"_mta-sts 3600 IN TXT "v=STSv1; id=20260101;""#, source: "RFC 8460 section 1")
  static let faultySTS = DiagnosticCode(
    3068, .warning,
    title: .init(ja: "誤りのあるMTA-STSのレコード", en: "a faulty record of MTA-STS"),
    explanation: .init(
      ja:
        "v=STSv1 のレコードが1つでなかったり、idが1〜32文字の英数字でなかったりすると、新しい送信側にはポリシーがないものとして扱われます。前のポリシーを覚えている送信側には、まだ効いています。",
      en:
        "Unless there is exactly one record with v=STSv1 and an id of 1 to 32 letters and digits, new senders find no policy. Those that remember an earlier one still follow it."
    ),
    example: #"_mta-sts 3600 IN TXT "v=STSv1; id=2026-01-01;""#, source: "RFC 8461 section 3.1")
}

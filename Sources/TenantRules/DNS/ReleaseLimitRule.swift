internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What the language has and this release does not do.
  static let notInThisRelease = Rule([.snapshotNotRead]) { input, bag in
    for domain in input.tenant.domains {
      if let zone = domain.zone, case .snapshot = zone.value {
        bag.add(
          Diagnostic(
            .snapshotNotRead, at: zone.span,
            .init(
              ja: "このリリースはsnapshotを読まない", en: "this release does not read snapshots"),
            help: .init(
              ja: "zone: { file: … } でゾーンファイルを指す", en: "name a zone file by zone: { file: … }")))
      }
    }
  }
}

extension DiagnosticCode {
  static let snapshotNotRead = DiagnosticCode(
    3055, .error,
    title: .init(ja: "読まれないsnapshot", en: "a snapshot that is not read"),
    explanation: .init(
      ja: "snapshotを黙って読み飛ばすと、今のSPFを知らないままレコードを作ることになります。このリリースではゾーンファイルを使います。",
      en:
        "To skip the snapshot silently would be to write records without knowing today's SPF. This release takes zone files."
    ),
    example: "zone: { snapshot: dns/snapshot.json }")
}

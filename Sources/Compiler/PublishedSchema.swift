internal import Diagnostics
internal import Emitters
package import JSONText
internal import Ledger
internal import Procedure
internal import TenantReading

/// The JSON Schemas that mgc publishes, by the name that `mgc schema` takes.
package enum PublishedSchema: String, CaseIterable, Sendable {
  case tenant
  case lock
  case mailgatesSettings = "mailgates-settings"
  case checkReport = "check-report"
  case dnsSnapshot = "dns-snapshot"

  package var schema: JSONValue {
    switch self {
    case .tenant: TenantSchema.schema(ContractSchema.rules, note: ContractSchema.note)
    case .lock: Lock.schema
    case .mailgatesSettings: SettingsSchema.schema
    case .checkReport: CheckReport.schema
    case .dnsSnapshot: DNSSnapshot.schema
    }
  }

  /// The file below `schema/`.
  package var fileName: String { rawValue + ".v1.json" }
}

package import Diagnostics
internal import Ledger
internal import TenantReading
internal import TenantRules
internal import YAMLTree

extension Compiler {
  /// Every code that a compilation can find, by number. Zones have codes of their own, in
  /// `Observation`.
  package static var codes: [DiagnosticCode] {
    (yamlReadingCodes + tenantReadingCodes + allowanceCodes + runCodes + TenantRules.codes
      + ledgerCodes)
      .sorted { $0.number < $1.number }
  }
}

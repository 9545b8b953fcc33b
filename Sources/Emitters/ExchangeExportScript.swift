internal import Artifacts
internal import MailRecords
internal import SourceText
internal import TenantModel

// What the export of preflight.ps1 says of itself, as ExchangeExport reads it.

extension ExchangeScripts {
  /// The organization that the export is of.
  var tenantEntry: PowerShell { "tenant = \(quoted: settings.tenant.value.ascii)" }

  /// `$recorded`: when it was read, in RFC 3339, whatever calendar the computer has.
  static let moment: PowerShell = """
    $recorded = (Get-Date).ToUniversalTime().ToString('o') -replace '[.][0-9]+', ''
    """
}

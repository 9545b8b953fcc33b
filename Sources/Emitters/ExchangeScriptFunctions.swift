internal import Artifacts

/// The functions that scripts share. Each script carries only those that it uses. Their code stands
/// in ExchangeReadingFunctions, ExchangeComparingFunctions and ExchangeResolverFunctions.
enum ExchangeScriptFunction: CaseIterable {
  case organization
  /// Get-MailObject and Get-NamedObject.
  case objects
  /// Get-PropertyText and ConvertTo-ComparableText.
  case text
  /// Test-OwnMark: mgc made the object.
  case mark
  /// Get-Difference.
  case differences
  /// Assert-AsMeant: throws where an object differs.
  case assertion
  /// Get-GivenParameter.
  case given
  /// Test-AddressOverlap.
  case addresses
  /// Get-GatewayBypass: the rules that let the gateway's mail skip the spam filter.
  case bypasses
  /// Get-Restriction: the switches of a connector that refuse mail.
  case restriction
  case outcome
  case finding
  /// Get-Recorded: an object's properties as preflight.ps1 writes them down.
  case recording
  /// Read-Record, Get-RecordedObject and Get-RecordedValue: what preflight.ps1 wrote down.
  case record
  /// Assert-OwnObject: what connect.ps1 may change.
  case adoption
  /// Assert-Resolver: the computer can ask the DNS. Get-DnsAnswer: the records of a name.
  case resolver
  /// Get-MailExchanger.
  case exchangers
  /// Assert-SenderPolicy, Assert-SigningKey and Assert-ReportPolicy.
  case senderAuthentication
  /// Get-RoutingRule: the enabled rules that send mail to a connector.
  case routes

  var code: PowerShell {
    switch self {
    case .organization: Self.organizationCode
    case .objects: Self.objectsCode
    case .text: Self.textCode
    case .mark: Self.markCode
    case .differences: Self.differencesCode
    case .assertion: Self.assertionCode
    case .given: Self.givenCode
    case .addresses: Self.addressesCode
    case .bypasses: Self.bypassesCode
    case .restriction: Self.restrictionCode
    case .outcome: Self.outcomeCode
    case .finding: Self.findingCode
    case .recording: Self.recordingCode
    case .record: Self.recordCode
    case .adoption: Self.adoptionCode
    case .resolver: Self.resolverCode
    case .exchangers: Self.exchangersCode
    case .senderAuthentication: Self.senderAuthenticationCode
    case .routes: Self.routesCode
    }
  }
}

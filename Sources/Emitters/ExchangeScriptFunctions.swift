internal import Artifacts

/// The functions that scripts share. Each script carries only those that it uses.
enum ExchangeScriptFunction: CaseIterable {
  case organization
  /// Get-MailObject and Get-NamedObject.
  case objects
  /// ConvertTo-ComparableText.
  case text
  /// Get-Difference.
  case differences
  /// Assert-AsMeant: throws where an object differs.
  case assertion
  /// Get-GivenParameter.
  case given
  case outcome
  case finding
  /// ConvertTo-ExportedObject.
  case export
  /// Assert-Resolver: the computer can ask the DNS. Get-DnsAnswer: the records of a name.
  case resolver
  /// Get-MailExchanger.
  case exchangers
  /// Assert-SenderPolicy.
  case senderPolicy
  /// Test-Route: an enabled rule sends mail to a connector.
  case routes

  var code: PowerShell {
    switch self {
    case .organization:
      """
      function Assert-Organization {
          # The session must belong to the organization that this script was written for.
          param([Parameter(Mandatory = $true)] [string] $InitialDomain)
          $known = @(Get-AcceptedDomain -ErrorAction Stop)
          $same = @($known | Where-Object { [string] $_.DomainName -eq $InitialDomain })
          if ($same.Count -ne 1) {
              throw ('This session does not belong to {0}. Connect to it first.' -f $InitialDomain)
          }
      }
      """
    case .objects:
      """
      function Get-MailObject {
          # All objects of a kind. Asking for one by name is no test: an unknown name returns all.
          param(
              [Parameter(Mandatory = $true)]
              [ValidateSet('InboundConnector', 'OutboundConnector', 'TransportRule')]
              [string] $Kind
          )
          if ($Kind -eq 'InboundConnector') {
              Get-InboundConnector -ResultSize Unlimited -ErrorAction Stop
          }
          elseif ($Kind -eq 'TransportRule') {
              Get-TransportRule -ResultSize Unlimited -ErrorAction Stop
          }
          else {
              # Each query hides what the others show: rule-scoped connectors, those in test mode.
              $seen = @{}
              foreach ($scoped in @($false, $true)) {
                  foreach ($test in @($false, $true)) {
                      $query = @{ IsTransportRuleScoped = $scoped; IncludeTestModeConnectors = $test }
                      foreach ($item in @(Get-OutboundConnector @query -ResultSize Unlimited -ErrorAction Stop)) {
                          $key = [string] $item.Guid
                          if (-not $seen.ContainsKey($key)) {
                              $seen[$key] = $true
                              $item
                          }
                      }
                  }
              }
          }
      }

      function Get-NamedObject {
          # The object with this name, or nothing. Two of them are for a person to sort out.
          param(
              [Parameter(Mandatory = $true)] [string] $Kind,
              [Parameter(Mandatory = $true)] [string] $Name
          )
          $same = @(Get-MailObject -Kind $Kind | Where-Object { $_.Name -eq $Name })
          if ($same.Count -gt 1) {
              throw ('{0} objects of kind {1} have the name {2}.' -f $same.Count, $Kind, $Name)
          }
          $same
      }
      """
    case .text:
      """
      function ConvertTo-ComparableText {
          # A property as text: nothing is empty, lists are sorted, smtp:domain;1 is the domain.
          param([AllowNull()] $Item, [Parameter(Mandatory = $true)] [string] $Name)
          $value = $null
          if ($Item -is [hashtable]) {
              $value = $Item[$Name]
          }
          else {
              $property = $Item.PSObject.Properties[$Name]
              if ($null -ne $property) { $value = $property.Value }
          }
          $texts = @(
              foreach ($part in @($value)) {
                  if ($null -ne $part) { ([string] $part) -replace '^smtp:([^;]*)(;[0-9]+)?$', '$1' }
              }
          )
          @($texts | Sort-Object) -join ', '
      }
      """
    case .differences:
      """
      function ConvertTo-ConnectorName {
          # A rule names its connector by name, GUID or distinguished name: the name, where it is known.
          param([string] $Text = '')
          if ($Text -eq '') { return '' }
          foreach ($item in @(Get-MailObject -Kind 'OutboundConnector')) {
              foreach ($key in @('Name', 'Guid', 'DistinguishedName', 'Identity')) {
                  $same = (ConvertTo-ComparableText -Item $item -Name $key) -eq $Text
                  if ($same) { return [string] $item.Name }
              }
          }
          $Text
      }

      function Get-Difference {
          # One line for each parameter that does not have its intended value.
          param(
              [Parameter(Mandatory = $true)] $Current,
              [Parameter(Mandatory = $true)] [hashtable] $Parameters
          )
          $people = @('From', 'EFUsers')
          $exact = @('ExceptIfHeaderContainsMessageHeader', 'ExceptIfHeaderContainsWords')
          foreach ($name in @($Parameters.Keys | Sort-Object)) {
              $now = ConvertTo-ComparableText -Item $Current -Name $name
              $meant = ConvertTo-ComparableText -Item $Parameters -Name $name
              if ($name -eq 'RouteMessageOutboundConnector') { $now = ConvertTo-ConnectorName -Text $now }
              # Addresses and domains have no case.
              $same = $now -eq $meant
              if ($exact -contains $name) { $same = $now -ceq $meant }
              if ($same) { continue }
              # People may read back under another name than their address.
              $unclear = @($now -split ', ' | Where-Object { $_ -ne '' -and $_ -notlike '*@*' })
              if ($people -contains $name -and $unclear.Count -gt 0) {
                  '{0} is [{1}], which cannot be compared with [{2}]' -f $name, $now, $meant
              }
              else {
                  '{0} is [{1}], intended [{2}]' -f $name, $now, $meant
              }
          }
      }
      """
    case .assertion:
      """
      function Assert-AsMeant {
          # The object exists once and has its intended values; returns it.
          param(
              [Parameter(Mandatory = $true)] [string] $Kind,
              [Parameter(Mandatory = $true)] [string] $Name,
              [Parameter(Mandatory = $true)] [hashtable] $Parameters,
              [string[]] $Accept = @()
          )
          $found = @(Get-NamedObject -Kind $Kind -Name $Name)
          if ($found.Count -ne 1) {
              throw ('{0} {1} does not exist. Run connect.ps1 first.' -f $Kind, $Name)
          }
          $differences = @(Get-Difference -Current $found[0] -Parameters $Parameters)
          $refused = @(
              foreach ($difference in $differences) {
                  # A switch has one spelling only, so it is never accepted otherwise.
                  $parameter = ($difference -split ' ')[0]
                  if ($Accept -contains $parameter -and $Parameters[$parameter] -isnot [bool]) {
                      Write-Warning ('{0} {1}, accepted: {2}.' -f $Kind, $Name, $difference)
                  }
                  else {
                      $difference
                  }
              }
          )
          if ($refused.Count -gt 0) {
              $text = '{0} {1} is not as intended: {2}. Run connect.ps1 again; if a value means the same '
              $text += 'in another spelling, name its parameter with -AcceptDifference.'
              throw ($text -f $Kind, $Name, ($refused -join '; '))
          }
          $found[0]
      }
      """
    case .given:
      """
      function Get-GivenParameter {
          # New- cmdlets are not given what has no value.
          param([Parameter(Mandatory = $true)] [hashtable] $Parameters)
          $given = @{}
          foreach ($name in @($Parameters.Keys)) {
              if ($null -ne $Parameters[$name]) { $given[$name] = $Parameters[$name] }
          }
          $given
      }
      """
    case .outcome:
      """
      function Write-Outcome {
          param(
              [Parameter(Mandatory = $true)] [string] $Name,
              [Parameter(Mandatory = $true)] [string] $Outcome,
              [string] $Detail = ''
          )
          [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
      }
      """
    case .finding:
      """
      function Write-Finding {
          param(
              [Parameter(Mandatory = $true)]
              [ValidateSet('ok', 'note', 'problem')]
              [string] $State,
              [Parameter(Mandatory = $true)] [string] $Subject,
              [Parameter(Mandatory = $true)] [string] $Detail
          )
          [pscustomobject] @{ State = $State; Subject = $Subject; Detail = $Detail }
      }
      """
    case .export: Self.exportCode
    case .resolver:
      """
      function Assert-Resolver {
          if ($null -eq (Get-Command -Name 'Resolve-DnsName' -ErrorAction SilentlyContinue)) {
              throw 'Resolve-DnsName is missing. Run this script on Windows: it has to see the DNS.'
          }
      }

      function Get-DnsAnswer {
          # The records as the DNS answers now, or as the named server does. A name that does not
          # exist and a server that does not answer stop the script.
          param(
              [Parameter(Mandatory = $true)] [string] $Name,
              [Parameter(Mandatory = $true)] [string] $Type,
              [string] $Server = '',
              [string] $Hint = 'If this computer asks a server of its own, pass -DnsServer.'
          )
          $query = @{ Name = $Name; Type = $Type; DnsOnly = $true; NoHostsFile = $true }
          try {
              if ($Server -eq '') {
                  $answers = @(Resolve-DnsName @query -ErrorAction Stop)
              }
              else {
                  $answers = @(Resolve-DnsName @query -Server $Server -ErrorAction Stop)
              }
          }
          catch {
              throw ('The {0} of {1} cannot be read: {2}. {3}' -f $Type, $Name, $_.Exception.Message, $Hint)
          }
          $answers | Where-Object { $_.Section -eq 'Answer' -and $_.Type -eq $Type }
      }
      """
    case .exchangers:
      """
      function Get-MailExchanger {
          # The hosts of the domain's MX records as the DNS answers now; a null MX has none.
          param(
              [Parameter(Mandatory = $true)] [string] $Domain,
              [string] $Server = '',
              [string] $Hint = 'If this computer asks a server of its own, pass -DnsServer.'
          )
          $query = @{ Name = $Domain; Type = 'MX'; Server = $Server; Hint = $Hint }
          $hosts = @(
              foreach ($answer in @(Get-DnsAnswer @query)) {
                  ([string] $answer.NameExchange).TrimEnd('.').ToLowerInvariant()
              }
          )
          $hosts | Where-Object { $_ -ne '' } | Sort-Object -Unique
      }
      """
    case .routes:
      """
      function Test-Route {
          # Mail that a rule sends to a disabled connector would wait or be lost.
          param([Parameter(Mandatory = $true)] [string] $Connector)
          $routing = @(
              foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
                  $target = ConvertTo-ComparableText -Item $rule -Name 'RouteMessageOutboundConnector'
                  if ([string] $rule.State -ne 'Enabled' -or $target -eq '') { continue }
                  if ((ConvertTo-ConnectorName -Text $target) -eq $Connector) { $rule }
              }
          )
          $routing.Count -gt 0
      }
      """
    case .senderPolicy:
      """
      function Assert-SenderPolicy {
          # The domain publishes one SPF record, and it has the include.
          param(
              [Parameter(Mandatory = $true)] [string] $Domain,
              [Parameter(Mandatory = $true)] [string] $Include,
              [string] $Server = ''
          )
          $records = @(
              foreach ($answer in @(Get-DnsAnswer -Name $Domain -Type 'TXT' -Server $Server)) {
                  $text = @($answer.Strings) -join ''
                  if ($text -match '^v=spf1( |$)') { $text }
              }
          )
          if ($records.Count -ne 1) {
              throw ('{0} has {1} SPF records in the DNS, not one.' -f $Domain, $records.Count)
          }
          if (@($records[0] -split ' +') -notcontains ('include:' + $Include)) {
              throw ('The SPF record of {0} does not have include:{1}: {2}' -f $Domain, $Include, $records[0])
          }
      }
      """
    }
  }
}

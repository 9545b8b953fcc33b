import TestSupport
import Testing

/// The judge itself: what the interpreter and the fake Exchange do with code whose meaning
/// Microsoft documents, and with code that the scripts must not have.
@Suite struct PowerShellInterpreterTests {
  private static let objects = """
    {"OrganizationConfig": [{"Name": "organization", "RejectDirectSend": false}],
     "Recipient": [{"Name": "Sato, Ken", "Alias": "sato", "PrimarySmtpAddress": "sato@a.example",
       "EmailAddresses": ["SMTP:sato@a.example"]}],
     "AcceptedDomain": [{"Name": "a", "DomainName": "a.example"},
       {"Name": "b", "DomainName": "b.example"}],
     "InboundConnector": [
       {"Name": "One", "ConnectorType": "Partner", "SenderDomains": ["smtp:a.example;1"]},
       {"Name": "Two", "ConnectorType": "Partner", "SenderDomains": ["smtp:b.example;1"]}],
     "OutboundConnector": [
       {"Name": "Plain", "ConnectorType": "Partner"},
       {"Name": "Scoped", "ConnectorType": "Partner", "IsTransportRuleScoped": true},
       {"Name": "Tested", "ConnectorType": "Partner", "TestMode": true},
       {"Name": "Both", "ConnectorType": "Partner", "TestMode": true,
        "IsTransportRuleScoped": true}],
     "TransportRule": [{"Name": "Rule", "SenderDomainIs": ["a.example"]}]}
    """
  private static let head = """
    [CmdletBinding(SupportsShouldProcess = $true)]
    param()
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'

    """

  private func run(_ code: [String]) throws -> [FakeOrganization.Run] {
    var scripts: [String: String] = [:]
    for (index, text) in code.enumerated() { scripts["\(index).ps1"] = Self.head + text + "\n" }
    let steps = code.indices.map {
      FakeOrganization.Step(run: "\($0).ps1", isProbe: true)
    }
    return try FakeOrganization.run(scripts, objects: Self.objects, steps: steps).runs
  }

  /// What a run put out, or why it stopped.
  private func result(_ run: FakeOrganization.Run) -> String {
    let texts = run.output.map { $0.count == 1 ? $0.values.first ?? "" : "\($0.count) properties" }
    return run.error.map { "error: " + $0 } ?? texts.joined(separator: "|")
  }

  private static let values: [(code: String, result: String)] = [
    // about_Comparison_Operators: no case, a list on the left is filtered, the left decides.
    ("'A' -eq 'a'", "True"), ("'A' -ceq 'a'", "False"), ("@(1, 2, 1) -eq 1", "1|1"),
    ("'5' -eq 5", "True"), ("$true -eq 'x'", "True"), ("$null -eq $false", "False"),
    ("$null -ne $true", "True"), ("'' -eq $null", "False"), ("@('A') -contains 'a'", "True"),
    ("@('A') -ccontains 'a'", "False"), ("'b' -in @('A', 'B')", "True"),
    ("'mail.a.example' -like '*.A.example'", "True"), ("'ab' -match '^B'", "False"),
    ("'smtp:*;1' -replace '^smtp:([^;]*)(;[0-9]+)?$', '$1'", "*"),
    ("'a, b' -split ', '", "a|b"), ("@('a', 'b') -join '-'", "a-b"), ("@($null).Count", "1"),
    // about_Arrays, about_Pipelines: one is not a list, none is null, and @( ) makes a list.
    ("$x = @('a') | Where-Object { $_ -eq 'b' }; $null -eq $x", "True"),
    ("$x = @('a') | Where-Object { $_ -eq 'b' }; @($x).Count", "0"),
    ("$x = @('a', 'b') | Where-Object { $_ -eq 'a' }; $x -is [array]", "False"),
    ("$x = @(@('a') | Sort-Object); $x.Count", "1"),
    ("@('b', 'A', 'B') | Sort-Object -Unique", "A|b"),
    ("$a = @{ x = 1 }; @($a).Count", "1"), ("$n = 0; foreach ($i in $null) { $n += 1 }; $n", "0"),
    ("$n = 0; foreach ($i in @(1, 2, 3)) { if ($i -eq 2) { continue }; $n += $i }; $n", "4"),
    // about_Hash_Tables: keys have no case, a missing key is null by index.
    ("$a = @{ X = 1 }; $a['x']", "1"), ("$a = @{ X = 1 }; $null -eq $a['y']", "True"),
    ("$a = @{ X = 1 }; $a.ContainsKey('x')", "True"), ("$a = @{}; $a['k'] = 'v'; $a.K", "v"),
    // about_Operators: format, precedence, numbers.
    ("'{0}{{{1}}}' -f 'a', 1", "a{1}"), ("1 + 2 * 3", "7"), ("[long] '7' % 4", "3"),
    ("-not $true -or $true", "True"), ("$x = 'a'; $x += 'b'; $x", "ab"),
    ("[string] $null -eq ''", "True"), ("[string] @('a', 'b')", "a b"), ("'it''s'", "it's"),
    // about_Try_Catch_Finally, about_Throw.
    (
      "try { throw 'x' } catch { 'caught ' + $_.Exception.Message } finally { 'end' }",
      "caught x|end"
    ),
    ("throw ('a {0}' -f 'b')", "error: a b"),
    ("try { throw 'first' } catch { throw }", "error: first"),
    // Functions: return, scope, parameters.
    (
      "function Get-A {\n param([string] $B = 'd')\n $B\n 'tail'\n}\nGet-A; Get-A -B 'e'",
      "d|tail|e|tail"
    ),
    ("function Get-A {\n foreach ($i in @(1, 2)) { return $i }\n 'no'\n}\nGet-A", "1"),
    ("$v = 'out'\nfunction Get-A {\n $v\n $v = 'in'\n}\nGet-A; $v", "out|out"),
    ("function Get-A {\n param([string[]] $B)\n $B.Count\n}\nGet-A -B 'one'", "1"),
    (
      "function Get-A {\n param([string] $B, [string] $C)\n $C + $B\n}\n$t = @{ B = '1'; C = '2' }\nGet-A @t",
      "21"
    ),
    ("ConvertTo-Json -InputObject @{ a = @('b') } -Depth 3", "{\n  \"a\": [\n    \"b\"\n  ]\n}"),
    ("(ConvertFrom-Json -InputObject '{\"a\": [\"b\"]}').a -is [array]", "True"),
    ("@(Get-InboundConnector | Where-Object { $_.Name -eq 'Two' }).Count", "1"),
  ]

  @Test func whatIsDocumentedComesOut() throws {
    for (run, expected) in zip(try run(Self.values.map(\.code)), Self.values) {
      #expect(result(run) == expected.result, "\(expected.code)")
    }
  }

  private static let failures: [(code: String, reason: String)] = [
    // about_Set-StrictMode, version 3.0.
    ("$unset", "'$unset' cannot be retrieved"), ("$a = @{ x = 1 }; $a.y", "property 'y'"),
    ("@(1)[1]", "outside the bounds"), ("$x = $null; $x.Name", "property 'Name'"),
    ("$x = 'a'; $x.Count", "property 'Count'"), ("$null[0]", "null array"),
    // Binding of parameters.
    (
      "function Get-A {\n param([Parameter(Mandatory = $true)] [string] $B)\n $B\n}\nGet-A -B ''",
      "empty string"
    ),
    (
      "function Get-A {\n param([Parameter(Mandatory = $true)] $B)\n $B\n}\nGet-A -B $null",
      "is null"
    ),
    ("function Get-A {\n param([Parameter(Mandatory = $true)] $B)\n $B\n}\nGet-A", "mandatory"),
    ("function Get-A {\n param([ValidateSet('x')] [string] $B)\n $B\n}\nGet-A -B 'y'", "validate"),
    ("function Get-A {\n param([string] $B)\n $B\n}\nGet-A -C 'y'", "cannot be found"),
    ("$t = @{ Name = 'x' }\nGet-TransportRule @t -Name 'y'", "given twice"),
    // The constraints of the cmdlets.
    ("New-InboundConnector -Name 'x' -ConnectorType 'Partner'", "SenderDomains is required"),
    ("New-InboundConnector -Name 'one' -ConnectorType 'Partner' -SenderDomains '*'", "is taken"),
    (
      "New-InboundConnector -Name 'x' -ConnectorType 'Partner' -SenderDomains 'a.*.example'",
      "not a domain"
    ),
    (
      "Set-InboundConnector -Identity 'One' -SenderIPAddresses '192.0.2.0/23' -ErrorAction Stop",
      "/24 to /32"
    ),
    (
      "Set-InboundConnector -Identity 'One' -RestrictDomainsToCertificate $true -ErrorAction Stop",
      "needs Tls"
    ),
    ("Set-InboundConnector -Identity 'One' -RequireTls 'yes' -ErrorAction Stop", "not a Boolean"),
    (
      "Set-InboundConnector -Identity 'One' -EFSkipIPs '10.1.0.0/16' -ErrorAction Stop",
      "is private"
    ),
    ("Set-InboundConnector -Identity 'Three' -Enabled $true -ErrorAction Stop", "does not exist"),
    (
      "Set-OutboundConnector -Identity 'Plain' -UseMXRecord $false -ErrorAction Stop",
      "same command line"
    ),
    (
      "Set-OutboundConnector -Identity 'Plain' -SmartHosts 'a.example' -ErrorAction Stop",
      "UseMXRecord $false"
    ),
    (
      "Set-OutboundConnector -Identity 'Plain' -TlsDomain 'a.example' -ErrorAction Stop",
      "DomainValidation"
    ),
    (
      "Set-OutboundConnector -Identity 'Plain' -SmartHosts 'a,b' -UseMXRecord $false -ErrorAction Stop",
      "list of texts"
    ),
    (
      "New-TransportRule -Name 'x' -SetSCL 10 -FromScope 'InOrganization' -ErrorAction Stop",
      "between -1 and 9"
    ),
    ("New-TransportRule -Name 'x' -SetSCL (-1) -ErrorAction Stop", "no condition"),
    ("New-TransportRule -Name 'x' -From 'nobody@a.example' -ErrorAction Stop", "Couldn't find"),
    (
      "Set-TransportRule -Identity 'Rule' -ExceptIfHeaderContainsWords 'x' -ErrorAction Stop",
      "go together"
    ),
    ("Remove-TransportRule -Identity 'Rule' -ErrorAction Stop", "asks for confirmation"),
    ("Get-TransportRule -Identity 'None' -ErrorAction Stop", "could not be found"),
  ]

  @Test func whatIsRefusedStopsAndChangesNothing() throws {
    // The binding of New- is terminating in any case; the others say Stop.
    let code = Self.failures.map {
      $0.code.hasPrefix("New-Inbound") ? $0.code + " -ErrorAction Stop" : $0.code
    }
    for (run, expected) in zip(try run(code), Self.failures) {
      #expect(run.error?.contains(expected.reason) == true, "\(expected.code): \(result(run))")
      #expect(run.same && run.changes == [], "\(expected.code)")
    }
  }

  /// The caution on the pages of Get-InboundConnector and others; rule-scoped connectors and those
  /// in test mode are each seen only by their own query.
  @Test func theFakeHidesAndShowsWhatExchangeDoes() throws {
    let runs = try run([
      "@(Get-InboundConnector -Identity 'None').Count",
      "@(Get-InboundConnector -Identity 'one').Count",
      "(Get-OutboundConnector).Name", "(Get-OutboundConnector -IsTransportRuleScoped $true).Name",
      "(Get-OutboundConnector -IncludeTestModeConnectors $true).Name",
      "(Get-OutboundConnector -IsTransportRuleScoped $true -IncludeTestModeConnectors $true).Name",
      """
      Set-InboundConnector -Identity 'One' -SenderDomains @('*') -EFUsers 'sato@a.example'
      (Get-InboundConnector -Identity 'One').SenderDomains
      """,
      "@(Get-AcceptedDomain).Count; @(Get-InboundConnector -ResultSize 1).Count",
      "@(Get-Recipient -Filter 'EmailAddresses -eq ''smtp:SATO@a.example''').Count",
      "(New-InboundConnector -Name 'x' -ConnectorType 'Partner' -SenderDomains '*').RequireTls",
    ])
    #expect(
      runs.map(result) == [
        "2", "1", "Plain", "Scoped", "Tested", "Both", "smtp:*;1", "2|1", "1", "True",
      ])
  }

  /// An error of a module's cmdlet stops a script only where the call says so.
  @Test func aFailedReadWithoutStopIsSeen() throws {
    let scripts = [
      "0.ps1": Self.head + "$c = @(Get-InboundConnector)\n'went on with {0}' -f $c.Count\n",
      "1.ps1": Self.head + "$c = @(Get-InboundConnector -ErrorAction Stop)\n'went on'\n",
      "2.ps1": Self.head
        + "Set-InboundConnector -Identity 'One' -Enabled $false -ErrorAction Stop\n"
        + "$c = @(Get-InboundConnector)\n"
        + "Set-InboundConnector -Identity 'Two' -Enabled $false -ErrorAction Stop\n",
    ]
    let steps = ["0", "1", "2"].map {
      FakeOrganization.Step(run: "\($0).ps1", failEach: true)
    }
    let results = try FakeOrganization.run(scripts, objects: Self.objects, steps: steps).results
    #expect(result(results[0][1]) == "went on with 0" && results[0][1].errors.count == 1)
    #expect(results[1][1].error?.contains("did not answer") == true)
    #expect(results[1][1].errors == [])
    #expect(results[2][1].late == ["Set-InboundConnector Two enabled"])
  }

  /// Nothing that is not known is passed over.
  @Test(arguments: [
    "Get-Thing", "iex 'x'", "& 'x'", "\"$x\"", "Get-InboundConnector -Wrong 'x'", "1..3",
    "switch (1) { 1 { } }", "Set-InboundConnector -Identity 'One' -EFTestMode $true",
    "'a'.PadLeft(3)", "[System.IO.File]::Delete('x')",
    "Get-InboundConnector | Set-InboundConnector",
    "function Get-A {\n begin { }\n}\nGet-A", "'{0}' -f @{}", "Set-Content -Path 'x' -Value 'y'",
    "$x = 1; $x++; $y--", "trap { }", "do { } while ($false)",
    "Set-OrganizationConfig -Other $true",
    "New-MailContact -Name 'x'", "'a' -notlike '[a]'", "if (", "$env:PATH", "@'\nx\n'@",
  ])
  func whatIsNotKnownStopsTheJudge(_ code: String) throws {
    #expect(throws: Judge.Failure.self) { try run([code]) }
  }
}

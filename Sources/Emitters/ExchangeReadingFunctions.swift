internal import Artifacts

/// Functions that read Exchange Online and what preflight.ps1 wrote down.
extension ExchangeScriptFunction {
  static let organizationCode: PowerShell = """
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

  static let objectsCode: PowerShell = """
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

  static let textCode: PowerShell = """
    function Get-PropertyText {
        # A property as texts: smtp:domain;1 is the domain, nothing is no text.
        param([AllowNull()] $Item, [Parameter(Mandatory = $true)] [string] $Name)
        $value = $null
        if ($Item -is [hashtable]) {
            $value = $Item[$Name]
        }
        else {
            $property = $Item.PSObject.Properties[$Name]
            if ($null -ne $property) { $value = $property.Value }
        }
        foreach ($part in @($value)) {
            if ($null -ne $part) { ([string] $part) -replace '^smtp:([^;]*)(;[0-9]+)?$', '$1' }
        }
    }

    function ConvertTo-ComparableText {
        # A property as one text, in which the order of a list does not matter.
        param([AllowNull()] $Item, [Parameter(Mandatory = $true)] [string] $Name)
        @(Get-PropertyText -Item $Item -Name $Name | Sort-Object) -join ', '
    }
    """

  static let markCode: PowerShell = """
    function Test-OwnMark {
        # Whether the comment says that these scripts made the object or were allowed to take it over.
        param(
            [Parameter(Mandatory = $true)] $Item,
            [Parameter(Mandatory = $true)] [string] $Mark
        )
        # A connector has a Comment, a rule has Comments.
        $texts = @(
            foreach ($name in @('Comment', 'Comments')) { Get-PropertyText -Item $Item -Name $name }
        )
        $texts -ccontains $Mark
    }
    """

  static let recordingCode: PowerShell = """
    function Get-Recorded {
        # The named properties of an object as plain values, in one spelling.
        param(
            [Parameter(Mandatory = $true)] $Item,
            [Parameter(Mandatory = $true)] [string[]] $Names
        )
        $recorded = [ordered] @{}
        foreach ($name in $Names) {
            $property = $Item.PSObject.Properties[$name]
            if ($null -eq $property) { continue }
            $value = $property.Value
            if ($null -eq $value -or $value -is [bool] -or $value -is [int]) {
                $recorded[$name] = $value
            }
            elseif ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) {
                $recorded[$name] = @(Get-PropertyText -Item $Item -Name $name | Sort-Object)
            }
            else {
                $recorded[$name] = ConvertTo-ComparableText -Item $Item -Name $name
            }
            # The admin center writes AdminUI or nothing for what the cmdlets call Default.
            if ($name -eq 'ConnectorSource' -and @('', 'AdminUI') -contains [string] $value) {
                $recorded[$name] = 'Default'
            }
        }
        $recorded
    }

    function Get-AllRecorded {
        param([object[]] $Items = @(), [Parameter(Mandatory = $true)] [string[]] $Names)
        foreach ($item in @($Items)) { Get-Recorded -Item $item -Names $Names }
    }
    """

  static let recordCode: PowerShell = """
    function Read-Record {
        # What preflight.ps1 wrote down before anything was changed; nothing where there is no record.
        param(
            [Parameter(Mandatory = $true)] [string] $Path,
            [Parameter(Mandatory = $true)] [string] $InitialDomain
        )
        if (-not (Test-Path -LiteralPath $Path -PathType 'Leaf')) { return }
        $record = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($Path))
        $lists = @('inboundConnectors', 'outboundConnectors', 'transportRules', 'organizationConfigs')
        foreach ($name in (@('tenant') + $lists)) {
            if ($null -eq $record.PSObject.Properties[$name]) {
                throw ('{0} is no record of preflight.ps1: it has no {1}. Nothing was changed.' -f $Path, $name)
            }
        }
        if ($record.tenant -ne $InitialDomain) {
            throw ('{0} is the record of {1}. Nothing was changed.' -f $Path, $record.tenant)
        }
        $record
    }

    function Get-RecordedObject {
        # The object of this name in the record, or nothing.
        param(
            [Parameter(Mandatory = $true)] $Record,
            [Parameter(Mandatory = $true)] [string] $Kind,
            [Parameter(Mandatory = $true)] [string] $Name
        )
        $lists = @{
            InboundConnector = 'inboundConnectors'
            OutboundConnector = 'outboundConnectors'
            TransportRule = 'transportRules'
        }
        $list = $lists[$Kind]
        foreach ($item in @($Record.$list)) {
            if ($item.Name -eq $Name) { $item }
        }
    }

    function Get-RecordedValue {
        # A recorded value as Set- takes it: nothing for an empty text or list.
        param(
            [Parameter(Mandatory = $true)] $Item,
            [Parameter(Mandatory = $true)] [string] $Name
        )
        $property = $Item.PSObject.Properties[$Name]
        if ($null -eq $property) {
            throw ('The record of {0} has no {1}. Nothing was changed.' -f $Item.Name, $Name)
        }
        $value = $property.Value
        if ($null -eq $value -or ($value -is [string] -and $value -eq '')) { return }
        $value
    }
    """

  static let adoptionCode: PowerShell = """
    function Assert-OwnObject {
        # These scripts made the object, or a person gives it to them and rollback.ps1 can restore it.
        param(
            [Parameter(Mandatory = $true)] $Item,
            [Parameter(Mandatory = $true)] [string] $Kind,
            [Parameter(Mandatory = $true)] [string] $Mark,
            [Parameter(Mandatory = $true)] [string] $RecordPath,
            [Parameter(Mandatory = $true)] [string] $InitialDomain,
            [string[]] $Adopt = @()
        )
        if (Test-OwnMark -Item $Item -Mark $Mark) { return }
        $name = [string] $Item.Name
        if ($Adopt -notcontains $name) {
            $text = '{0} {1} exists and was not made by this script. Rename it, or let it be changed '
            throw (($text + 'with -Adopt. Nothing was changed.') -f $Kind, $name)
        }
        $isOn = if ($Kind -eq 'TransportRule') { [string] $Item.State -ne 'Disabled' } else { $Item.Enabled }
        if ($isOn) {
            throw ('{0} {1} is enabled. Disable it before it is changed. Nothing was changed.' -f $Kind, $name)
        }
        $record = Read-Record -Path $RecordPath -InitialDomain $InitialDomain
        $kept = @()
        if ($null -ne $record) { $kept = @(Get-RecordedObject -Record $record -Kind $Kind -Name $name) }
        if ($kept.Count -ne 1) {
            $text = '{0} does not hold {1} {2}, so it could not be restored. Run preflight.ps1 first.'
            throw ($text -f $RecordPath, $Kind, $name)
        }
    }
    """

  static let routesCode: PowerShell = """
    function Get-RoutingRule {
        # The enabled rules that send mail to a connector: mail to a disabled one would wait or be lost.
        param(
            [Parameter(Mandatory = $true)] [string] $Connector,
            [string[]] $Except = @()
        )
        foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
            $target = ConvertTo-ComparableText -Item $rule -Name 'RouteMessageOutboundConnector'
            if ([string] $rule.State -ne 'Enabled' -or $target -eq '') { continue }
            if ($Except -contains $rule.Name) { continue }
            if ((ConvertTo-ConnectorName -Text $target) -eq $Connector) { [string] $rule.Name }
        }
    }
    """

  static let outcomeCode: PowerShell = """
    function Write-Outcome {
        param(
            [Parameter(Mandatory = $true)] [string] $Name,
            [Parameter(Mandatory = $true)] [string] $Outcome,
            [string] $Detail = ''
        )
        [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
    }
    """

  static let findingCode: PowerShell = """
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
}

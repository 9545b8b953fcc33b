internal import Artifacts

/// Functions that ask the DNS.
extension ExchangeScriptFunction {
  static let resolverCode: PowerShell = """
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

  static let exchangersCode: PowerShell = """
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

  static let senderAuthenticationCode: PowerShell = """
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

    function Assert-SigningKey {
        # The name publishes one DKIM key, and it is this one.
        param(
            [Parameter(Mandatory = $true)] [string] $Name,
            [Parameter(Mandatory = $true)] [string] $Key,
            [string] $Server = ''
        )
        $texts = @(
            foreach ($answer in @(Get-DnsAnswer -Name $Name -Type 'TXT' -Server $Server)) {
                (@($answer.Strings) -join '') -replace ' ', ''
            }
        )
        if ($texts.Count -ne 1 -or -not $texts[0].EndsWith('p=' + $Key)) {
            throw ('The DKIM key at {0} is not that of tenant.yaml: [{1}].' -f $Name, ($texts -join '], ['))
        }
    }

    function Assert-ReportPolicy {
        # The domain publishes one DMARC record.
        param([Parameter(Mandatory = $true)] [string] $Domain, [string] $Server = '')
        $records = @(
            foreach ($answer in @(Get-DnsAnswer -Name ('_dmarc.' + $Domain) -Type 'TXT' -Server $Server)) {
                $text = @($answer.Strings) -join ''
                if ($text -cmatch '^v=DMARC1 *(;|$)') { $text }
            }
        )
        if ($records.Count -ne 1) {
            throw ('{0} has {1} DMARC records in the DNS, not one.' -f $Domain, $records.Count)
        }
    }
    """
}

<#
.SYNOPSIS
    Replaces a leaked signing key of an account, publishes the account, disconnects the clients of the key, and writes a report with the proof.
.DESCRIPTION
    The script runs unattended:
    1. It asks the servers which clients are connected with the key, and from where.
    2. It begins the report, and replaces the key. A new key with the same role signs everything that the old one had signed, and the credentials in
       the key root are updated.
    3. It publishes the account, and disconnects the clients of the old key until none comes back.
    4. It completes the report: who was connected, what was signed again, what each server answered, and who remains.

    It fails if a client remains, if a server did not answer, or if something could not be signed again. The key is replaced and the report is written
    even if no server answers. To continue after a failure or an interruption, run it again with another report, and with the public key that the
    first one states: the new key has the role.

    With -WhatIf it shows who is connected with the key and what would be signed again. It changes nothing and writes no report.

    For a key of an operator, use Update-NatsOperatorKey: servers must be restarted with another configuration.
.PARAMETER Account
    The account that lists the key.
.PARAMETER Key
    The signing key that leaked: its public key, or its role.
.PARAMETER Store
    The folder of the store. Default: the store that the environment variable NATSKEYS_STORE names, otherwise the one in your data folder.
.PARAMETER ReportPath
    The report: JSON if the name ends with .json, otherwise Markdown. It must not exist yet.
.PARAMETER NewUserKeys
    Also gives the users new keys. Use it if their credentials leaked with the signing key.
.PARAMETER Server
    The addresses of servers. Default: the service URLs of the operator.
.PARAMETER ServerCount
    The number of servers that must answer. Default: the number of servers that the servers know of.
.INPUTS
    None.
.OUTPUTS
    NatsKeys.Server.ClientProof, one for each account that was published.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - The store and its key root, with the keys that sign the account, and a key of the system account. The keys can also come from a source
      that was registered before (Register-NatsKeySource). A protected key root takes its passphrase from NATSKEYS_PASSPHRASE.
    - Servers with a full or cache resolver. Servers before 2.10 disconnect the clients of the old key themselves when they get the account.
    - A way to give clients their new credentials: copies outside of the key root are not updated.
.EXAMPLE
    ./Stop-LeakedKey.ps1 -Account FLEET -Key device -Store ./store -ReportPath ./leak.md -ServerCount 3
.EXAMPLE
    ./Stop-LeakedKey.ps1 -Account O2/FLEET -Key ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV -ReportPath ./leak.json
.LINK
    about_NatsSigningKeys
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Account,

    [Parameter(Mandatory)]
    [string] $Key,

    [string] $Store,

    [Parameter(Mandatory)]
    [string] $ReportPath,

    [switch] $NewUserKeys,

    [string[]] $Server,

    [ValidateRange(1, 1000)]
    [int] $ServerCount
)

$ErrorActionPreference = 'Stop'
$at = @{ Store = if ($Store) { Get-NatsStore $Store } else { Get-NatsStore } }
$to = @{}
if ($Server) { $to.Server = $Server }
if ($ServerCount) { $to.ServerCount = $ServerCount }

$started = [DateTimeOffset]::UtcNow
$owner = Get-NatsAccount $Account @at
$name = "$($owner.Operator)/$($owner.Name)"
$listed = @(Get-NatsSigningKey -Account $owner)
$leaked = @($listed | Where-Object { $Key -in $_.PublicKey, $_.Role })
if ($leaked.Count -gt 1) {
    throw "More than one signing key of the account $name has the role '$Key', because it is being replaced: $($leaked -join ', '). Name the " +
        'public key of the one that leaked.'
}
$leaked = $leaked | Select-Object -First 1
$publicKey = if ($leaked) { $leaked.PublicKey } else { $Key }
if ($publicKey -notmatch '^A[A-Z2-7]{55}$') {
    $roles = @($listed.Role | Where-Object { $_ })
    throw "The account $name has no signing key with the role '$Key'. $($roles ? "Its roles: $($roles -join ', ')." : 'It has no roles.')"
}

# The report of an earlier run says what that run did. And a second run with the same role would replace a good key: the new one has it.
if (-not $WhatIfPreference -and (Test-Path -LiteralPath $ReportPath)) {
    throw "The report $ReportPath exists already. To continue the run that wrote it, name another report, and the public key that the first one " +
        "states$($Key -eq $publicKey ? '.' : ": the new key may have the role '$Key' by now.")"
}

$problems = @()
$rotation = $null
$results = $before = $after = @()

# Text of clients and servers, as a cell of a table.
function ConvertTo-Cell([object] $Value) { ("$Value" -replace '[\r\n|]', ' ').Trim() }

function ConvertTo-Table([string[]] $Column, [object[]] $Row) {
    if (-not $Row) {
        return 'None.'
    }
    "| $($Column -join ' | ') |"
    "|$('---|' * $Column.Count)"
    foreach ($one in $Row) {
        "| $(($Column | ForEach-Object { ConvertTo-Cell ($one.$_ -join ', ') }) -join ' | ') |"
    }
}

function ConvertTo-List([string[]] $Item) {
    if ($Item) { $Item | ForEach-Object { "- $(ConvertTo-Cell $_)" } } else { 'None.' }
}

function Get-Report([bool] $IsClear) {
    [ordered]@{
        Account         = $name
        Key             = $publicKey
        NewKey          = if ($rotation) { $rotation.NewKey }
        Role            = if ($leaked) { $leaked.Role }
        Started         = $started
        Finished        = [DateTimeOffset]::UtcNow
        IsClear         = $IsClear
        ConnectedBefore = $before
        SignedAgain     = @(if ($rotation) { $rotation.SignedAgain | ForEach-Object { "$_" } })
        RevokedKeys     = @(if ($rotation) { $rotation.RevokedKeys })
        Pending         = @(if ($rotation) { $rotation.Pending | ForEach-Object { "$_" } })
        Answers         = @($results | Where-Object { $_ -is [NatsKeys.Server.ServerAnswer] } | ForEach-Object {
                [ordered]@{ Account = $_.Account; Server = "$($_.Server)"; Version = $_.Server.Version; Outcome = "$($_.Outcome)" }
            })
        Proof           = @($results | Where-Object { $_ -is [NatsKeys.Server.ClientProof] } | ForEach-Object {
                [ordered]@{
                    Account = $_.Account; Servers = @($_.Servers | ForEach-Object { "$_" }); Disconnected = $_.Disconnected
                    Remaining = @($_.Remaining | ForEach-Object { "$_" }); Unanswered = $_.Unanswered; IsClear = $_.IsClear
                }
            })
        Remaining       = @($after | ForEach-Object { "$_" })
        Problems        = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { "$_" } |
                Select-Object -Unique)
    }
}

function Save-Report([System.Collections.IDictionary] $Report) {
    $text = if ($ReportPath -like '*.json') {
        $Report | ConvertTo-Json -Depth 6
    }
    else {
        "# Leaked key of $name"
        ''
        $(if ($Report.IsClear) { '**Nobody is connected by the key any more.**' } else { '**Not finished: see below.**' })
        ''
        "- Key: $publicKey$(if ($Report.Role) { ", role $($Report.Role)" })"
        "- Replaced by: $(if ($Report.NewKey) { $Report.NewKey } elseif ($leaked) { 'not yet' } else { 'an earlier run' })"
        "- From $($Report.Started.ToString('u')) to $($Report.Finished.ToString('u'))"
        ''
        "## Connected by the key at the beginning ($($before.Count))"
        ''
        ConvertTo-Table User, Role, Type, Address, ClientName, Server, Since, Subscriptions $before
        ''
        "## Signed again ($($Report.SignedAgain.Count))"
        ''
        ConvertTo-List $Report.SignedAgain
        ''
        '## Answers of the servers'
        ''
        ConvertTo-Table Account, Server, Version, Outcome $Report.Answers
        ''
        '## Proof'
        ''
        ConvertTo-Table Account, Servers, Disconnected, Remaining, Unanswered, IsClear $Report.Proof
        ''
        '## Left to do'
        ''
        ConvertTo-List @($Report.Pending; $Report.Remaining; $Report.Problems)
    }
    Set-Content -LiteralPath $ReportPath $text -Encoding utf8NoBOM
}

# Who is connected by the key, before anything changes. A server that does not answer is no reason to keep the key.
try {
    $before = @(Get-NatsConnection -Key $publicKey -Operator $owner.Operator @at @to | Select-Object Account, User, Role, Type, Address, ClientName,
        Since, @{ n = 'Server'; e = { "$($_.Server)" } }, @{ n = 'Subscriptions'; e = { @($_.Subscriptions) } })
}
catch { $problems += $_ }

if (-not $PSCmdlet.ShouldProcess("signing key $publicKey of $name", 'Replace, publish and disconnect')) {
    if ($WhatIfPreference) {
        $leaked | Update-NatsSigningKey -Compromised -NewUserKeys:$NewUserKeys -WhatIf
        $problems | ForEach-Object { Write-Warning "$_" }
        $before
    }
    return
}

# If the report cannot be written, this is the time to fail. If the run is interrupted, the report states the key.
Save-Report (Get-Report $false)

# A key that is not listed was replaced by an earlier run, which may not have come to the servers.
try {
    if ($leaked) {
        $rotation = $leaked | Update-NatsSigningKey -Compromised -NewUserKeys:$NewUserKeys -Confirm:$false -WarningAction Ignore
    }
    $results = @(($rotation ?? $owner) | Publish-NatsAccount -Disconnect @to -ErrorAction Continue -ErrorVariable +problems 2>$null)
}
catch { $problems += $_ }
try { $after = @(Get-NatsConnection -Key $publicKey -Operator $owner.Operator @at @to) }
catch { $problems += $_ }

$proofs = @($results | Where-Object { $_ -is [NatsKeys.Server.ClientProof] })
$pending = $rotation ? $rotation.Pending.Count : 0
$report = Get-Report ($proofs.Count -gt 0 -and -not ($proofs | Where-Object IsClear -EQ $false) -and $after.Count -eq 0 -and
    $problems.Count -eq 0 -and $pending -eq 0)
Save-Report $report

$proofs
if (-not $report.IsClear) {
    $left = $report.Problems + $report.Pending + $report.Remaining | Select-Object -First 3
    throw "The leak is not over. See the report $ReportPath, and run this once more with -Key $publicKey and another report: $($left -join '; ')"
}

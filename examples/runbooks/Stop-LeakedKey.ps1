<#
.SYNOPSIS
    Replaces a leaked signing key of an account, publishes the account, disconnects the clients of the key, and writes a report with the proof.
.DESCRIPTION
    The script runs unattended:
    1. It asks the servers which clients are connected with the key, and from where.
    2. It replaces the key. A new key with the same role signs everything that the old one had signed, and the credentials in the key root are
       updated.
    3. It publishes the account, and disconnects the clients of the old key until none comes back.
    4. It writes a report: who was connected, what was signed again, what each server answered, and who remains.

    It fails if a client remains, if a server did not answer, or if something could not be signed again. The report is written in any case. Run it
    again with the same arguments if it was interrupted: it continues, and ends with the same proof.

    For a key of an operator, use Update-NatsOperatorKey: servers must be restarted with another configuration.
.PARAMETER Account
    The account that lists the key.
.PARAMETER Key
    The signing key that leaked: its public key, or its role.
.PARAMETER Store
    The folder of the store. Default: the store that the environment variable NATSKEYS_STORE names, otherwise the one in your data folder.
.PARAMETER ReportPath
    The report: JSON if the name ends with .json, otherwise Markdown.
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
[CmdletBinding()]
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
$leaked = Get-NatsSigningKey -Account $owner | Where-Object { $Key -in $_.PublicKey, $_.Role } | Select-Object -First 1
$publicKey = if ($leaked) { $leaked.PublicKey } else { $Key }
if ($publicKey -notmatch '^A[A-Z2-7]{55}$') {
    throw "The account $($owner.Path) has no signing key with the role '$Key'."
}

# Who is connected by the key, before anything changes.
$before = @(Get-NatsConnection -Key $publicKey -Operator $owner.Operator @at @to | Select-Object @{ n = 'Account'; e = { $_.Account } },
    User, Role, Type, Address, ClientName, Since, @{ n = 'Server'; e = { "$($_.Server)" } }, @{ n = 'Subscriptions'; e = { @($_.Subscriptions) } })

# A key that is not listed was replaced by an earlier run, which may not have come to the servers.
$rotation = if ($leaked) { $leaked | Update-NatsSigningKey -Compromised -NewUserKeys:$NewUserKeys -Confirm:$false -WarningAction Ignore }
$problems = @()
$results = @(if ($rotation) {
        $rotation | Publish-NatsAccount -Disconnect @to -ErrorAction Continue -ErrorVariable +problems 2>$null
    }
    else {
        $owner | Publish-NatsAccount -Disconnect @to -ErrorAction Continue -ErrorVariable +problems 2>$null
    })
$proofs = @($results | Where-Object { $_ -is [NatsKeys.Server.ClientProof] })
$answers = @($results | Where-Object { $_ -is [NatsKeys.Server.ServerAnswer] })
$after = @(Get-NatsConnection -Key $publicKey -Operator $owner.Operator @at @to)
$pending = @(if ($rotation) { $rotation.Pending | ForEach-Object { "$_" } })
$isClear = $proofs.Count -gt 0 -and -not ($proofs | Where-Object IsClear -EQ $false) -and $after.Count -eq 0 -and -not $problems -and -not $pending

$report = [ordered]@{
    Account         = "$($owner.Operator)/$($owner.Name)"
    Key             = $publicKey
    NewKey          = if ($rotation) { $rotation.NewKey }
    Role            = if ($leaked) { $leaked.Role }
    Started         = $started
    Finished        = [DateTimeOffset]::UtcNow
    IsClear         = $isClear
    ConnectedBefore = $before
    SignedAgain     = @(if ($rotation) { $rotation.SignedAgain | ForEach-Object { "$_" } })
    RevokedKeys     = @(if ($rotation) { $rotation.RevokedKeys })
    Pending         = $pending
    Answers         = @($answers | ForEach-Object {
            [ordered]@{ Account = $_.Account; Server = "$($_.Server)"; Version = $_.Server.Version; Outcome = "$($_.Outcome)" }
        })
    Proof           = @($proofs | ForEach-Object {
            [ordered]@{
                Account = $_.Account; Servers = @($_.Servers | ForEach-Object { "$_" }); Disconnected = $_.Disconnected
                Remaining = @($_.Remaining | ForEach-Object { "$_" }); Unanswered = $_.Unanswered; IsClear = $_.IsClear
            }
        })
    Remaining       = @($after | ForEach-Object { "$_" })
    Problems        = @($problems | ForEach-Object { "$_" } | Select-Object -Unique)
}

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

$text = if ($ReportPath -like '*.json') {
    $report | ConvertTo-Json -Depth 6
}
else {
    "# Leaked key of $($report.Account)"
    ''
    $(if ($isClear) { '**Nobody is connected by the key any more.**' } else { '**Not finished: see below.**' })
    ''
    "- Key: $publicKey$(if ($report.Role) { ", role $($report.Role)" })"
    "- Replaced by: $(if ($report.NewKey) { $report.NewKey } else { 'an earlier run' })"
    "- From $($report.Started.ToString('u')) to $($report.Finished.ToString('u'))"
    ''
    "## Connected by the key at the beginning ($($before.Count))"
    ''
    ConvertTo-Table User, Role, Type, Address, ClientName, Server, Since, Subscriptions $before
    ''
    "## Signed again ($($report.SignedAgain.Count))"
    ''
    ConvertTo-List $report.SignedAgain
    ''
    '## Answers of the servers'
    ''
    ConvertTo-Table Account, Server, Version, Outcome $report.Answers
    ''
    '## Proof'
    ''
    ConvertTo-Table Account, Servers, Disconnected, Remaining, Unanswered, IsClear $report.Proof
    ''
    '## Left to do'
    ''
    ConvertTo-List @($pending; $report.Remaining; $report.Problems)
}
Set-Content -LiteralPath $ReportPath $text -Encoding utf8NoBOM

$proofs
if (-not $isClear) {
    $left = @($report.Problems) + $pending + $report.Remaining | Select-Object -First 3
    throw "The leak is not over. See the report $ReportPath, and run this once more: $($left -join '; ')"
}

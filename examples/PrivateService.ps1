<#
.SYNOPSIS
    A private service between two accounts: one offers it, another one may use it because it has an activation, a third one may not.
.DESCRIPTION
    Account CLOCK answers requests on 'time.*' and exports that as a private service. Account SHOP gets an activation and imports it as
    'clock.utc'. Account GUEST has none: the import is refused before it is signed. Everything lies in one new folder, whose name is printed.
.PARAMETER Path
    The folder to work in. It must not exist yet. Default: a new folder in the current one, with the time in its name.
.NOTES
    Needs: the module NatsKeys, in PowerShell 7.6 or in NatsKeys.Shell. A nats-server to try what was made; nothing connects to it here.
.EXAMPLE
    dotnet run --project src/NatsKeys.Shell -- examples/PrivateService.ps1
.EXAMPLE
    ./examples/PrivateService.ps1 -Path ./service
#>
[CmdletBinding()]
param(
    [string] $Path = "private-service-$(Get-Date -Format 'yyyyMMdd-HHmmss-fff')"
)

$ErrorActionPreference = 'Stop'

function Show-Step([string] $Text) { Write-Host "`n### $Text" }

if (Test-Path -LiteralPath $Path) {
    throw "'$Path' exists already. Give another folder with -Path, or remove it."
}
$folder = New-Item $Path -ItemType Directory

Show-Step 'An operator, and three accounts that its signing key signs'
$store = New-NatsStore -Path (Join-Path $folder store) -KeyPath (Join-Path $folder keys)
$operator = New-NatsOperator -Name Market -GenerateSigningKey -Store $store
$operatorKey = Get-NatsSigningKey -Operator $operator
$clock, $shop, $guest = 'CLOCK', 'SHOP', 'GUEST' | ForEach-Object { New-NatsAccount -Name $_ -Operator $operator -SigningKey $operatorKey }

Show-Step 'CLOCK offers a service to whom it gives an activation'
$clock | Add-NatsExport -Subject 'time.*' -Type Service -Private -Description 'The time of a zone' -SigningKey $operatorKey
Get-NatsExport -Account $clock | Out-Host

Show-Step 'The activation for SHOP, signed by CLOCK, for one of its subjects and a limited time'
$activation = Get-NatsExport 'time.*' -Account $clock | New-NatsActivation -Subject time.utc -TargetAccount $shop -Expires 365d
$activation | Out-Host

Show-Step 'SHOP imports it under a subject of its own. The rest is known from the export'
$shop | Add-NatsImport -From $clock -Subject time.utc -LocalSubject clock.utc -Token $activation -SigningKey $operatorKey
Get-NatsImport -Account $shop | Out-Host

Show-Step 'GUEST tries with the activation of SHOP: no server would take it, so nothing is signed'
try {
    $guest | Add-NatsImport -From $clock -Subject time.utc -Token $activation -SigningKey $operatorKey -ErrorAction Stop
}
catch {
    "Refused: $($_.Exception.Message)"
}

Show-Step 'Users, and what a server needs'
New-NatsUser -Name answers -Account $clock -AllowSubscribe 'time.*' -AllowResponse 1 | Export-NatsCredential -Directory (Join-Path $folder creds)
New-NatsUser -Name asks -Account $shop -AllowPublish clock.utc -AllowSubscribe '_INBOX.>' | Export-NatsCredential -Directory (Join-Path $folder creds)
New-NatsUser -Name visitor -Account $guest | Export-NatsCredential -Directory (Join-Path $folder creds)
New-NatsServerConfig -Operator $operator -Resolver Memory -Path (Join-Path $folder server.conf)

Show-Step 'Done'
"Credentials  $(Join-Path $folder creds)"
"Server       nats-server -c $(Join-Path $folder server.conf)"
"Remove the folder '$folder' to remove everything."

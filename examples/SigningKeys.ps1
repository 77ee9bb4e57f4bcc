<#
.SYNOPSIS
    Operators, accounts and users that are signed by signing keys: the walkthrough, step by step.
.DESCRIPTION
    Makes an operator O2, an account A and a user U. Two signing keys do the daily work, so that the identity keys of O2 and A could be
    locked away. Everything lies in one new folder below the current one, whose name is printed; nothing else is left behind.
.PARAMETER Path
    The folder to work in. It must not exist yet. Default: a new folder in the current one, with the time in its name.
.NOTES
    Needs: the module NatsKeys, in PowerShell 7.6 or in NatsKeys.Shell. A nats-server to try what was made; nothing connects to it here.
.EXAMPLE
    dotnet run --project src/NatsKeys.Shell -- examples/SigningKeys.ps1
.EXAMPLE
    ./examples/SigningKeys.ps1 -Path ./demo
#>
[CmdletBinding()]
param(
    [string] $Path = "signing-keys-$(Get-Date -Format 'yyyyMMdd-HHmmss-fff')"
)

$ErrorActionPreference = 'Stop'

function Show-Step([string] $Text) { Write-Host "`n### $Text" }

if (Test-Path -LiteralPath $Path) {
    throw "'$Path' exists already. Give another folder with -Path, or remove it."
}
$folder = New-Item $Path -ItemType Directory

Show-Step 'A store: entities as YAML files for Git, keys and credentials in a root of their own'
$store = New-NatsStore -Path (Join-Path $folder store) -KeyPath (Join-Path $folder keys)
$store | Out-Host

Show-Step 'An operator, signed by its own identity key'
$op = New-NatsOperator -Name O2 -Store $store
$op | Out-Host

Show-Step 'A signing key for it. Only the public half is recorded: the private half stays in our hands'
$osk = New-NatsKeyPair -Type Operator
$op | Add-NatsSigningKey -Key $osk.PublicKey | Out-Host
Get-NatsOperator O2 -Store $store | Out-Host

Show-Step 'An account, signed by the signing key. The identity key of O2 is not needed for it'
$a = New-NatsAccount -Name A -Operator $op -SigningKey $osk
$a | Out-Host

Show-Step 'A signing key for the account. The account changes, so the operator''s signing key signs it again'
$ask = New-NatsKeyPair -Type Account
$a | Add-NatsSigningKey -Key $ask.PublicKey -SigningKey $osk | Out-Host

Show-Step 'A user, signed by the account''s signing key. Its issuer is that key, its issuer account is A'
$u = New-NatsUser -Name U -Account $a -SigningKey $ask
$u | Out-Host

Show-Step 'The whole chain holds'
"The token of U is good: $($u | Test-NatsJwt)"

Show-Step 'What a client needs, and what a server needs'
$u | Export-NatsCredential (Join-Path $folder U.creds)
New-NatsServerConfig -Operator $op -Resolver Memory -Path (Join-Path $folder server.conf)

Show-Step 'A key that is not on the list signs nothing'
try {
    New-NatsUser -Name Mallory -Account $a -SigningKey (New-NatsKeyPair -Type Account)
}
catch {
    "Refused: $($_.Exception.Message)"
}

Show-Step 'The same in one line, in a store without a disk'
$line = New-NatsOperator O2 -Store (New-NatsStore -InMemory) | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U
$line | Out-Host

Show-Step 'Done'
"Entities     $(Join-Path $folder store)"
"Keys         $(Join-Path $folder keys)"
"Credentials  $(Join-Path $folder U.creds)"
"Server       nats-server -c $(Join-Path $folder server.conf)"
"Remove the folder '$folder' to remove everything."

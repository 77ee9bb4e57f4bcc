<#
.SYNOPSIS
    Operators, accounts and users that are signed by signing keys: the walkthrough, step by step.
.DESCRIPTION
    Makes an operator O2, an account A and a user U. Two signing keys do the daily work, so that the identity keys of O2 and A could be
    locked away. Everything lies in one new folder below the current one, whose name is printed; nothing else is left behind.
.PARAMETER Path
    The folder to work in. It must not exist yet. Without it, one with the time in its name is made in the current folder.
.NOTES
    Needs: the module NatsKeys, in PowerShell 7.6 or in NatsKeys.Shell. A nats-server to try what was made; nothing connects to it here.
.EXAMPLE
    dotnet run --project src/NatsKeys.Shell -- examples/SigningKeys.ps1
.EXAMPLE
    ./examples/SigningKeys.ps1 -Path ./demo
#>
[CmdletBinding()]
param(
    [string] $Path = "signing-keys-$([datetime]::Now.ToString('yyyyMMdd-HHmmss-fff'))"
)

$ErrorActionPreference = 'Stop'

# This runs in the bare engine too, which has no Write-Host.
function Show-Step([string] $Text) {
    $Host.UI.WriteLine()
    $Host.UI.WriteLine("### $Text")
}

$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
if ([System.IO.Directory]::Exists($folder)) {
    throw "The folder '$folder' exists already. Give another one with -Path, or remove it."
}

Show-Step 'A store: entities as YAML files for Git, keys and credentials in a root of their own'
$store = New-NatsStore -Path "$folder/store" -KeyPath "$folder/keys"
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
$u | Export-NatsCredential "$folder/U.creds"
New-NatsServerConfig -Operator $op -Resolver Memory -Path "$folder/server.conf"

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
"Entities     $folder/store"
"Keys         $folder/keys"
"Credentials  $folder/U.creds"
"Server       nats-server -c $folder/server.conf"
"Remove the folder '$folder' to remove everything."

#requires -Version 7.6

<#
.SYNOPSIS
    On a schedule: signing keys of accounts that are too old are replaced, and the servers learn of it.
.DESCRIPTION
    Runs twice for each replacement. The first run gives every signing key of an account that is older than -MaxAge a successor with the same role,
    signs everything again that the old one had signed, writes the credentials in the key root anew, and publishes the accounts. The old key stays
    listed, so that clients with their old credentials go on until they have fetched the new ones. The second run, with -Finish, takes
    the old keys off and publishes that. Give clients some days between the two.

    Accounts that servers have in an older state, because an earlier run could not reach them, are published, too. Signing keys of operators are left
    alone: their servers must be started anew with another configuration.

    A key that has leaked is no case for a schedule: Update-NatsSigningKey -Compromised.
.PARAMETER Store
    The folder of the store. Without it: the store that the environment variable NATSKEYS_STORE names, else the one of the user.
.PARAMETER MaxAge
    How old a key may become, such as 90d.
.PARAMETER Finish
    Takes the old keys off whose replacement has begun. No other one is begun.
.PARAMETER Server
    The addresses of servers. Without it: the service URLs of the operator.
.PARAMETER ServerCount
    How many servers must answer.
.INPUTS
    None.
.OUTPUTS
    NatsKeys.Rotation.KeyRotation, one for each key.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - The store and its key root, with the keys that sign the accounts, and a key of the system account with which to publish. A source from which they
      come may be registered before (Register-NatsKeySource); a key root with a passphrase takes it from NATSKEYS_PASSPHRASE.
    - Servers with a full or cache resolver.
    - Two schedules: such as the 1st of a month, and with -Finish the 15th.
.EXAMPLE
    ./Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d -ServerCount 3
.EXAMPLE
    ./Update-OldSigningKey.ps1 -Store ./store -Finish -ServerCount 3
.LINK
    about_NatsSigningKeys
#>
[CmdletBinding()]
param(
    [string] $Store,

    [string] $MaxAge = '90d',

    [switch] $Finish,

    [string[]] $Server,

    [ValidateRange(1, 1000)]
    [int] $ServerCount = 1
)

$ErrorActionPreference = 'Stop'
$at = @{ Store = if ($Store) { Get-NatsStore $Store } else { Get-NatsStore } }
$to = @{ ServerCount = $ServerCount }
if ($Server) {
    $to.Server = $Server
}

# The store notes by their public keys what has begun.
$noted = Join-Path $at.Store.Location rotations.yaml
$begun = @(if (Test-Path $noted) {
        Select-String '^\W*old: (\w+)' $noted | ForEach-Object { $_.Matches[0].Groups[1].Value }
    })

$keys = Get-NatsSigningKey @at | Where-Object { $_.OwnerKind -eq 'Account' -and ($_.PublicKey -in $begun) -eq $Finish }
$rotations = @(if ($Finish) { $keys | Update-NatsSigningKey @at } else { $keys | Update-NatsSigningKey @at -MaxAge $MaxAge -KeepOldKey })

# One owner after the other, each in its order.
foreach ($rotation in $rotations) {
    $rotation.Updates | Publish-NatsAccount @to | Out-String | Write-Verbose
}

# What an earlier run could not give to the servers.
foreach ($operator in Get-NatsOperator @at) {
    $older = Compare-NatsAccount -Operator $operator @to | Where-Object State -EQ Older
    Get-NatsAccount -Operator $operator | Where-Object Subject -In $older.PublicKey | Publish-NatsAccount @to | Out-String | Write-Verbose
}

$rotations
foreach ($owed in $rotations.Owed) {
    Write-Error "Not signed again yet: $owed" -ErrorAction Continue
}
if ($rotations.Owed) {
    throw 'Something could not be signed again. Bring its key and run this once more.'
}

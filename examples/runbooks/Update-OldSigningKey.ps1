<#
.SYNOPSIS
    On a schedule: signing keys of accounts that are too old are replaced, and the servers learn of it.
.DESCRIPTION
    Runs twice for each replacement. The first run gives every signing key of an account that is older than -MaxAge a successor with the same role,
    signs everything again that the old one had signed, writes the credentials in the key root anew, and publishes the accounts. The old key stays
    listed, so that clients with their old credentials go on until they have fetched the new ones. The second run, with -Finish, takes
    the old keys off and publishes that. Give clients some days between the two.

    It goes account by account, the system account last: each is published and compared before the next, and an old key is taken off only once servers
    have confirmed the new one. One that fails does not stop the others, and is an error at the end.

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
    NatsKeys.Editing.KeyRotationResult, one for each key.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - The store and its key root, with the keys that sign the accounts, and a key of the system account with which to publish. A source from which
      they come may be registered before (Register-NatsKeySource); a key root with a passphrase takes it from NATSKEYS_PASSPHRASE.
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
$rotationFile = Join-Path $at.Store.Location rotations.yaml
$begun = @(if (Test-Path $rotationFile) {
        Select-String '^\W*old: (\w+)' $rotationFile | ForEach-Object { $_.Matches[0].Groups[1].Value }
    })

$systems = @(Get-NatsOperator @at | ForEach-Object SystemAccount)
$failed = [System.Collections.Generic.List[string]]::new()

# How servers differ from the store. One that caches accounts has none that nobody uses, and gets it when it needs it.
function Compare-Account([object] $Account) {
    Compare-NatsAccount $Account @to | Where-Object State -NotIn Same, Missing
}

function Update-Account([object[]] $Key) {
    $owner = $Key[0].GetOwner()
    if ($Finish -and (Compare-Account $owner)) {
        # Clients that have new credentials could not use them until now, so the others have had no time to change.
        $owner | Publish-NatsAccount @to | Out-String | Write-Verbose
        throw 'Servers learned only now of the new keys. The old ones stay listed until the next run with -Finish.'
    }
    foreach ($one in $Key) {
        $rotation = if ($Finish) { $one | Update-NatsSigningKey @at } else { $one | Update-NatsSigningKey @at -MaxAge $MaxAge -KeepOldKey }
        if ($rotation) {
            $rotation
            $rotation.Updates | Publish-NatsAccount @to | Out-String | Write-Verbose
            if ($differing = Compare-Account $rotation.Owner) {
                throw "Servers have not confirmed it: $($differing -join '; ')"
            }
        }
    }
}

# One account after the other, and system accounts last: whoever publishes is let in by what servers know of them. One that fails stays as servers
# know it.
$rotations = @(Get-NatsSigningKey @at | Where-Object { $_.OwnerKind -eq 'Account' -and ($_.PublicKey -in $begun) -eq $Finish } |
        Group-Object OwnerName | Sort-Object { $_.Name -in $systems } | ForEach-Object {
            $group = $_.Group
            try {
                Update-Account $group
            }
            catch {
                $failed.Add("$($group[0].GetOwner().Path): $_")
            }
        })

# What an earlier run could not give to the servers, or could not have confirmed.
$pending = @(Test-NatsStore $at.Store -Detailed | Where-Object Rule -EQ audit.unconfirmed-rotation | ForEach-Object { "$($_.Path)" })
foreach ($operator in Get-NatsOperator @at) {
    $older = Compare-NatsAccount -Operator $operator @to | Where-Object State -EQ Older
    Get-NatsAccount -Operator $operator | Where-Object { $_.Subject -in $older.PublicKey -or "$($_.Path)" -in $pending } |
        Sort-Object { $_.Name -in $systems } | ForEach-Object { $_ | Publish-NatsAccount @to | Out-String | Write-Verbose }
}

$rotations
foreach ($entity in $rotations.Pending) {
    Write-Error "Not signed again yet: $entity" -ErrorAction Continue
}
if ($rotations.Pending) {
    throw 'Something could not be signed again. Bring its key and run this once more.'
}
if ($failed) {
    throw "Not done, and to be done by another run: $($failed -join '; ')"
}

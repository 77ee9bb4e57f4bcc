<#
.SYNOPSIS
    Replaces signing keys of accounts that are too old, and publishes the accounts. For a monthly schedule.
.DESCRIPTION
    A replacement takes two runs. The first run gives every signing key of an account that is older than -MaxAge a successor with the same role, signs
    everything again that the old key had signed, updates the credentials in the key root, and publishes the accounts. The old key stays listed, so
    clients can use their old credentials until they have the new ones. The second run, with -Finish, removes the old keys and publishes the accounts.
    Give clients some days between the two runs.

    The script handles one account after the other, the system account last. Each is published and compared before the next. An old key is removed
    only when servers have confirmed the new one. An account that fails does not stop the others, and causes an error at the end.

    Accounts that an earlier run could not publish are published, too. Signing keys of operators are not replaced, because their servers must be
    restarted with another configuration.

    For a key that has leaked, use Stop-LeakedKey.ps1 or Update-NatsSigningKey -Compromised at once.
.PARAMETER Store
    The folder of the store. Default: the store that the environment variable NATSKEYS_STORE names, otherwise the one in your data folder.
.PARAMETER MaxAge
    The greatest age of a key, such as 90d.
.PARAMETER Finish
    Removes the old keys whose replacement has begun. No other replacement begins.
.PARAMETER Server
    The addresses of servers. Default: the service URLs of the operator.
.PARAMETER ServerCount
    The number of servers that must answer.
.INPUTS
    None.
.OUTPUTS
    NatsKeys.Editing.KeyRotationResult, one for each key.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - The store and its key root, with the keys that sign the accounts, and a key of the system account. The keys can also come
      from a source that was registered before (Register-NatsKeySource). A protected key root takes its passphrase from NATSKEYS_PASSPHRASE.
    - Servers with a full or cache resolver.
    - Two schedules, such as the 1st of a month, and with -Finish the 15th.
.EXAMPLE
    ./Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d -ServerCount 3
.EXAMPLE
    ./Update-OldSigningKey.ps1 -Store ./store -Finish -ServerCount 3
.LINK
    about_NatsSigningKeys
#>
[CmdletBinding(SupportsShouldProcess)]
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

# What has begun: old keys that are still listed, and system accounts of which servers have not confirmed the new key.
$begun = @(Get-NatsRotation @at)

$systems = @(@(Get-NatsOperator @at).SystemAccount)
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
        if ($WhatIfPreference) {
            return
        }
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
$rotations = @(Get-NatsSigningKey @at | Where-Object { $_.OwnerKind -eq 'Account' -and ($_.PublicKey -in $begun.OldKey) -eq $Finish } |
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
$pending = @(Get-NatsRotation @at | Where-Object State -EQ Publishing | ForEach-Object { "$($_.Owner)" })
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

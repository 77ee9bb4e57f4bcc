#requires -Version 7.6

<#
.SYNOPSIS
    Onboarding: makes users from the rows of a table, with their credentials, and tells what became of each row.
.DESCRIPTION
    Each row becomes a user of an account, signed by the key of its role, with a credentials file in a folder. A row whose user is there already makes no
    second one; where its credentials are missing they are written. So the same table can be run again after it grew, or after a run broke off.
    A bad row is told and does not stop the others.

    Servers need not be told of users.
.PARAMETER Path
    The table: the columns Name, Role, Expires, NotBefore and Tag. Only Name must be there. Without a role, the account's identity key or its only
    signing key without a role signs. A cell of Tag may have several labels, with semicolons between.
.PARAMETER Account
    The account: its name, or operator/account.
.PARAMETER CredentialPath
    The folder for the credentials, one file <name>.creds for each user.
.PARAMETER Store
    The folder of the store. Without it: the store that the environment variable NATSKEYS_STORE names, else the one of the user.
.PARAMETER ReportPath
    A table to write with what became of each row. One that is there is replaced.
.INPUTS
    None.
.OUTPUTS
    One object for each row: Name, Result (Made, Exists or Failed), PublicKey, Expires, Credential, Reason.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - The store, and the seeds of the roles' keys: in its key root, or in a source that was registered before (Register-NatsKeySource).
    people.csv beside this script is an example of a table.
.EXAMPLE
    ./Add-UserFromCsv.ps1 people.csv -Account ORDERS -CredentialPath ./creds -ReportPath ./report.csv
.EXAMPLE
    ./Add-UserFromCsv.ps1 people.csv -Account ORDERS -CredentialPath ./creds | Where-Object Result -EQ Failed
.LINK
    about_NatsSigningKeys
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [Parameter(Mandatory)]
    [string] $Account,

    [Parameter(Mandatory)]
    [string] $CredentialPath,

    [string] $Store,

    [string] $ReportPath
)

$ErrorActionPreference = 'Stop'
$at = if ($Store) { @{ Store = Get-NatsStore $Store } } else { @{} }
$operatorName, $accountName = $Account.Contains('/') ? $Account.Split('/', 2) : $null, $Account
$owner = Get-NatsAccount ([wildcardpattern]::Escape($accountName)) @at | Where-Object { -not $operatorName -or $_.Path.Operator -eq $operatorName }
if (@($owner).Count -ne 1) {
    throw "There is no account '$Account', or there are several of this name: give operator/account."
}

$rows = foreach ($row in Import-Csv $Path) {
    $user, $file, $result, $reason = $null
    try {
        $user = $row.Name ? (Get-NatsUser ([wildcardpattern]::Escape($row.Name)) -Account $owner -ErrorAction Ignore) : $null
        $result = $user ? 'Exists' : 'Made'
        $user ??= $row | New-NatsUser -Account $owner
        $file = Join-Path $CredentialPath "$($user.Name).creds"
        if (-not (Test-Path -LiteralPath $file)) {
            $user | Export-NatsCredential -Directory $CredentialPath
        }
    }
    catch {
        $result, $reason = 'Failed', "$_"
    }

    [pscustomobject] @{
        Name       = $row.Name
        Result     = $result
        PublicKey  = $user.Subject
        Expires    = $user.Expires
        Credential = $reason ? $null : $file
        Reason     = $reason
    }
}

if ($ReportPath) {
    $rows | Export-Csv $ReportPath
}

$rows
$failed = @($rows | Where-Object Result -EQ Failed)
if ($failed) {
    throw "$($failed.Count) of $(@($rows).Count) rows failed: $($failed.Name -join ', ')."
}

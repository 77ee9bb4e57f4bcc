<#
.SYNOPSIS
    Creates users from the rows of a table, with their credentials, and reports what became of each row. The same table can be run again.
.PARAMETER Path
    The table. Only the column Name is required; Role, Expires, NotBefore and Tag are optional. A cell of Tag may have several labels, separated by semicolons.
.PARAMETER CredentialPath
    The folder for the credentials: one file <name>.creds for each user. Files that exist stay as they are.
.EXAMPLE
    ./Add-UserFromCsv.ps1 people.csv -Account orders -CredentialPath ./creds -ReportPath ./report.csv
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Account, [Parameter(Mandatory)] [string] $CredentialPath, [string] $Store, [string] $ReportPath)

$ErrorActionPreference = 'Stop'
$at = $Store ? @{ Store = Get-NatsStore $Store } : @{}
$owner = Get-NatsAccount $Account @at
$known = @(Get-NatsUser -Account $owner).Name
$rows = foreach ($row in Import-Csv $Path) {
    $user, $reason = $null
    try {
        $user = $row | New-NatsUser -Account $owner -IfExists Skip
        if (-not (Test-Path -LiteralPath (Join-Path $CredentialPath "$($user.Name).creds"))) { $user | Export-NatsCredential -Directory $CredentialPath }
    }
    catch { $reason = "$_" }
    [pscustomobject] @{ Name = $row.Name; Result = $reason ? 'Failed' : $row.Name -in $known ? 'Exists' : 'Made'; PublicKey = $user.Subject; Expires = $user.Expires; Reason = $reason }
}
if ($ReportPath) { $rows | Export-Csv $ReportPath }
$rows
$failed = @($rows | Where-Object Result -EQ Failed)
if ($failed) { throw "$($failed.Count) of $(@($rows).Count) rows failed: $($failed.Name -join ', ')." }

<#
.SYNOPSIS
    Creates users from the rows of a table, with their credentials, and reports what became of each row.
.DESCRIPTION
    The key of the role signs each user. Users and credentials files that exist stay as they are, so the same table can be run again after it grew.
    A bad row is reported and does not stop the others. With -WhatIf, nobody is created.
.PARAMETER Path
    The table. Only the column Name is required; Role, Expires, NotBefore and Tag are optional. Labels in a cell are separated by semicolons.
.PARAMETER Account
    The account: its name, or operator/account.
.PARAMETER CredentialPath
    The folder for the credentials: one file <name>.creds for each user.
.PARAMETER Store
    The folder of the store. Default: the store that the environment variable NATSKEYS_STORE names, otherwise the one of the user.
.PARAMETER ReportPath
    A file for the report. An existing one is replaced.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys, the store, and the seeds of the roles' keys. people.csv beside this script is an example of a table.
.EXAMPLE
    ./Add-UserFromCsv.ps1 people.csv -Account orders -CredentialPath ./creds -ReportPath ./report.csv
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Account,
    [Parameter(Mandatory)] [string] $CredentialPath,
    [string] $Store,
    [string] $ReportPath)

$ErrorActionPreference = 'Stop'
$at = $Store ? @{ Store = Get-NatsStore $Store } : @{}
$owner = Get-NatsAccount $Account @at
$known = @(@(Get-NatsUser -Account $owner).Name)
$rows = @(foreach ($row in Import-Csv $Path) {
    try {
        $user, $reason = $null
        $user = $row | New-NatsUser -Account $owner -IfExists Skip
        $isThere = Test-Path -LiteralPath "$CredentialPath/$($user.Name).creds"
        if ($user -and -not $isThere) { $user | Export-NatsCredential -Directory $CredentialPath }
    }
    catch { $reason = "$_" }
    $result = $reason ? 'Failed' : $row.Name -cin $known ? 'Exists' : $user ? 'Made' : 'Not made'
    $known += @($user.Name)
    [pscustomobject] @{ PSTypeName = 'NatsKeys.Example.Row'; Name = $row.Name; Result = $result; PublicKey = $user.Subject
        Expires = $user.Expires; Reason = $reason }
})
if ($ReportPath) { $rows | Select-Object *, @{ n = 'Expires'; e = { "{0:u}" -f $_.Expires } } -ExcludeProperty Expires | Export-Csv $ReportPath }
$failed = @($rows.Where({ $_.Reason }))
$shown = @('Name', 'Result', 'Expires', 'PublicKey') + ($failed ? 'Reason' : @())   # five are a list, four a table
Update-TypeData -TypeName NatsKeys.Example.Row -DefaultDisplayPropertySet $shown -Force -WhatIf:$false
$rows
if ($failed) { throw "$($failed.Count) of $($rows.Count) rows failed: $($failed.ForEach({ "$($_.Name): $($_.Reason)" }) -join ' ')" }

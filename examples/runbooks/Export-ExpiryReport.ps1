<#
.SYNOPSIS
    Reports what in a store has expired or expires soon: as objects, as a table or page, and to a chat. For a nightly schedule.
.DESCRIPTION
    Lists operators, accounts and users that have expired or expire within a number of days, and the activations with which accounts import.
    It returns one object for each, sorted by expiry. With -Path it writes a report. With -WebhookUri it sends their number to a chat.

    No key is needed: nothing is signed, and the store does not change.
.PARAMETER Store
    The folder of the store. Default: the store that the environment variable NATSKEYS_STORE names, otherwise the one in your data folder.
.PARAMETER Days
    The number of days ahead.
.PARAMETER Path
    The report to write: a table if the name ends in .csv, otherwise an HTML page. An existing report is replaced.
.PARAMETER WebhookUri
    The address of an incoming webhook that takes {"text": "..."}, such as those of Slack and Teams. Nothing is sent if nothing expires.
.INPUTS
    None.
.OUTPUTS
    One object for each expiry: Kind, Path, Ends, Days (negative if it has expired), What.
.NOTES
    Needs:
    - PowerShell 7.6 with the module NatsKeys.
    - The store: a checkout of the repository that has it is enough.
    - For -WebhookUri: the address, which is a secret of the pipeline or of the Automation account.
.EXAMPLE
    ./Export-ExpiryReport.ps1 -Store ./store -Days 30 -Path report.html
.EXAMPLE
    ./Export-ExpiryReport.ps1 -Store ./store | Where-Object Days -LT 7 | Format-Table
.LINK
    about_NatsEntityFiles
#>
[CmdletBinding()]
param(
    [string] $Store,

    [ValidateRange(0, 36500)]
    [int] $Days = 30,

    [string] $Path,

    [uri] $WebhookUri
)

$ErrorActionPreference = 'Stop'
$at = if ($Store) { @{ Store = Get-NatsStore $Store } } else { @{} }
$now = [System.DateTimeOffset]::UtcNow

function ConvertTo-Row([object] $Entity, [System.DateTimeOffset] $Ends, [string] $What) {
    [pscustomobject] @{
        PSTypeName = 'NatsKeys.Example.Expiry'
        Kind       = $Entity.Kind
        Path       = @($Entity.Path.Operator; $Entity.Path.Account; $Entity.Path.User).Where({ $_ }) -join '/'
        Ends       = $Ends
        Days       = [int] [System.Math]::Floor(($Ends - $now).TotalDays)
        What       = $What
    }
}

$rows = @(
    & {
        Get-NatsOperator @at
        Get-NatsAccount @at
        Get-NatsUser @at
    } | Where-Object Expires | ForEach-Object { ConvertTo-Row $_ $_.Expires 'Expires' }

    Get-NatsAccount @at | ForEach-Object {
        foreach ($import in $_.Imports | Where-Object { $_.Activation.Expires }) {
            ConvertTo-Row $_ $import.Activation.Expires "Import of '$($import.Subject)' ends: its activation expires"
        }
    }
) | Where-Object Days -LT $Days | Sort-Object Ends

# A table: one line for each in the log of a job.
Update-TypeData -TypeName NatsKeys.Example.Expiry -DefaultDisplayPropertySet Path, Ends, Days, What -Force

if ($Path) {
    # Dates that everybody reads alike.
    $lines = @($rows | Select-Object Kind, Path, @{ n = 'Ends'; e = { $_.Ends.ToString('u') } }, Days, What)
    if ([System.IO.Path]::GetExtension($Path) -eq '.csv') {
        $lines | Export-Csv $Path
    }
    else {
        $intro = "<h1>What ends within $Days days</h1><p>$($now.ToString('u'))</p>$($lines ? '' : '<p>Nothing.</p>')"
        $lines | ConvertTo-Html -Title 'NATS: what ends soon' -PreContent $intro | Set-Content $Path
    }
}

if ($WebhookUri -and $rows) {
    $next = $rows | Select-Object -First 5 | ForEach-Object { "- $($_.Path): $($_.What.ToLowerInvariant()) at $($_.Ends.ToString('u'))" }
    $text = (@("$(@($rows).Count) of the NATS store ended or end within $Days days:") + $next) -join "`n"
    Invoke-RestMethod $WebhookUri -Method Post -ContentType application/json -Body (ConvertTo-Json @{ text = $text }) | Out-Null
}

$rows

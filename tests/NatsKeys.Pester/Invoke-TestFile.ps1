# Runs one file of Pester, and tells what became of it in plain values.
param([string] $Path)

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

# A test that failed, a set-up that threw, or a file that cannot be read.
function Format-Failure([string] $Name, [object] $Found) {
    $messages = foreach ($record in $Found.ErrorRecord) {
        $record.DisplayErrorMessage ?? "$record"
        $record.DisplayStackTrace ?? $record.ScriptStackTrace
    }
    @("[-] $Name"; $messages) -join "`n"
}

# What a condition skipped has no reason; what skipped itself may have one.
function Format-Skip([object] $Test) { @("[!] $($Test.ExpandedPath)"; $Test.ErrorRecord | ForEach-Object { "$_" }) -join ': ' }

[pscustomobject] @{
    Passed = $run.PassedCount
    Failed = @(
        $run.FailedContainers | ForEach-Object { Format-Failure "$($_.Item)" $_ }
        $run.FailedBlocks | ForEach-Object { Format-Failure $_.ExpandedPath $_ }
        $run.Failed | ForEach-Object { Format-Failure $_.ExpandedPath $_ }
    )
    Skipped = @($run.Skipped + $run.NotRun + $run.Inconclusive | ForEach-Object { Format-Skip $_ })
}

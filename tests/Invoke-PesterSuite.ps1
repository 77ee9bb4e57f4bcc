#requires -Version 7.6

<#
.SYNOPSIS
    Runs tests/Pester against the built module and fails where a test fails, where none ran, and where Pester is missing.
.PARAMETER CountPath
    A file that gets 'passed failed skipped' as three numbers, for a script that adds them to others.
#>
[CmdletBinding()]
param(
    [string] $CountPath
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Module Pester -ListAvailable | Where-Object Version -GE 5.5)) {
    throw 'The tests of the cmdlets need Pester 5.5 or later. Install it: Install-PSResource Pester'
}
Import-Module Pester -MinimumVersion 5.5

$configuration = New-PesterConfiguration
$configuration.Run.Path = [System.IO.Path]::Combine($PSScriptRoot, 'Pester')
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

# A file that cannot be read and a set-up that throws are failures that no test stands for.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
if ($CountPath) {
    [System.IO.File]::WriteAllText($CountPath, "$($result.PassedCount) $failed $($result.SkippedCount + $result.NotRunCount)")
}
if ($failed -gt 0) {
    throw "$failed of the Pester tests failed."
}
if ($result.PassedCount -eq 0) {
    throw 'No Pester test passed: was there none?'
}

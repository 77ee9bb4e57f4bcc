#requires -Version 7.6
<#
.SYNOPSIS
    Measures what the import of the module and its first cmdlets cost: child processes of PowerShell side by side, in turn, so that what else the
    machine does hits all of them.
.DESCRIPTION
    Build with `dotnet build -c Release src/NatsKeys` first, or give the manifest of a package that was made or installed. The columns are
    milliseconds: from the start of the process to its end, and of processor time, which hardly depends on what else the machine does, and counts the
    work of all cores.
.PARAMETER Manifest
    The manifest of the module.
.PARAMETER Runs
    How many processes of each kind are started, after one that is not counted.
.EXAMPLE
    pwsh -NoProfile -File tests/Measure-Import.ps1 -Runs 21
#>
[CmdletBinding()]
param(
    [string] $Manifest = (Join-Path $PSScriptRoot .. NatsKeys.psd1),

    [ValidateRange(1, 1000)]
    [int] $Runs = 15
)

$ErrorActionPreference = 'Stop'
$import = "Import-Module '$([System.IO.Path]::GetFullPath($Manifest, $PWD).Replace("'", "''"))'"
$empty = Join-Path ([System.IO.Path]::GetTempPath()) "empty-$PID" Empty.psd1

# Each is compared with one before it. What the engine itself does for any module is no work of this one.
$kinds = @(
    @{ Work = 'bare PowerShell'; Script = '$null' }
    @{ Work = 'import of an empty module'; Script = "Import-Module '$empty'"; Over = 'bare PowerShell' }
    @{ Work = 'import'; Script = $import; Over = 'bare PowerShell'; Reach = 100 }
    @{ Work = 'import, first cmdlet'; Script = "$import; `$null = New-NatsKeyPair User"; Over = 'import'; Reach = 150 }
    @{ Work = 'import, operator to user in memory'; Over = 'import'
        Script = "$import; `$null = New-NatsOperator O -Store (New-NatsStore -InMemory) | Add-NatsSigningKey | New-NatsAccount A | " +
            'Add-NatsSigningKey | New-NatsUser U' }
)

# Milliseconds of one process: by the clock, and of processor time, which it tells itself at its end.
function Measure-Process([string] $Script) {
    # The PowerShell that runs this. As a tool of .NET it is a library.
    $start = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
    if ((Split-Path $start.FileName -LeafBase) -eq 'dotnet') {
        $start.ArgumentList.Add((Join-Path $PSHOME pwsh.dll))
    }
    '-NoProfile', '-NonInteractive', '-Command',
        "`$ErrorActionPreference = 'Stop'; $Script; [System.Environment]::CpuUsage.TotalTime.TotalMilliseconds" |
        ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardOutput = $true
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $process = [System.Diagnostics.Process]::Start($start)
    $said = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $elapsed = $watch.Elapsed.TotalMilliseconds
    if ($process.ExitCode -ne 0) {
        throw "'$Script' failed. $said"
    }
    [pscustomobject]@{ Elapsed = $elapsed; Processor = [double]::Parse($said, [cultureinfo]::CurrentCulture) }
}

function Get-Median([double[]] $Values) {
    $sorted = $Values | Sort-Object
    $half = [System.Math]::Floor($sorted.Count / 2)
    $sorted.Count % 2 ? $sorted[$half] : ($sorted[$half - 1] + $sorted[$half]) / 2
}

$times = @{}
$null = New-Item (Split-Path $empty) -ItemType Directory
try {
    Set-Content (Join-Path (Split-Path $empty) Empty.psm1) ''
    Set-Content $empty "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }"
    foreach ($run in 0..$Runs) {
        foreach ($kind in $kinds) {
            $measured = Measure-Process $kind.Script
            if ($run -gt 0) {
                $times[$kind.Work] += @($measured)
            }
        }
    }
}
finally {
    Remove-Item (Split-Path $empty) -Recurse -Force
}

foreach ($kind in $kinds) {
    $elapsed, $processor = 'Elapsed', 'Processor' | ForEach-Object { Get-Median $times[$kind.Work].$_ }
    [pscustomobject]@{
        Work      = $kind.Work
        Elapsed   = [int] $elapsed
        Processor = [int] $processor
        Than      = $kind.Over
        More      = $kind.Over ? [int] ($elapsed - (Get-Median $times[$kind.Over].Elapsed)) : $null
        Reach     = $kind.Reach
        MoreProc  = $kind.Over ? [int] ($processor - (Get-Median $times[$kind.Over].Processor)) : $null
    }
}

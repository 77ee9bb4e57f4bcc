#requires -Version 7.6

<#
.SYNOPSIS
    Measures the module in the pipeline, beside what it shall reach. Build with `dotnet build -c Release src/NatsKeys` first, and close what else
    works on the machine.
.PARAMETER Large
    How many users the large store has. It is made first, which takes about a millisecond for each.
.PARAMETER Path
    Where the stores are made; the folder for temporary files if not given. ext4 without a journal makes files slowly, up to a millisecond for each,
    where many were deleted in the last minutes, as this script does when it ends: wait, or give another folder.
.EXAMPLE
    pwsh -NoProfile -File tests/Measure-NatsKeys.ps1 -Large 100000
#>
[CmdletBinding()]
param([int] $Large = 10000, [string] $Path = [IO.Path]::GetTempPath())

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot .. NatsKeys.psd1)
$folder = Join-Path $Path "natskeys-measure-$PID"
$repeats = 5

# Milliseconds of the best of some runs: what else the machine did is not what is measured.
function Measure-Best([scriptblock] $Action, [int] $Times = $repeats) {
    $all = foreach ($run in 1..$Times) { (Measure-Command { & $Action $run }).TotalMilliseconds }
    ($all | Measure-Object -Minimum).Minimum
}

function ConvertTo-Result([string] $Work, [double] $Value, [string] $Unit, $Reach) {
    [pscustomobject]@{ Work = $Work; Measured = [math]::Round($Value, 2); Reach = $Reach; Unit = $Unit }
}

function Get-Row([int] $Count, [string] $Prefix) {
    1..$Count | ForEach-Object { [pscustomobject]@{ Name = "$Prefix$_" } }
}

function Get-Memory {
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    [GC]::Collect()
    [GC]::GetTotalMemory($true) / 1MB
}

try {
    $memory = New-NatsStore -InMemory
    $key = New-NatsOperator O -Store $memory | New-NatsAccount A | Add-NatsSigningKey
    ConvertTo-Result 'user in memory, 10,000 in a pipeline' ((Measure-Best -Times 3 { param($run)
        Get-Row 10000 "r$run-" | New-NatsUser -Account A -Store $memory -SigningKey $key | Out-Null }) / 10) 'us each' 130

    # What the files alone cost here and now stands beside what the module needs with them.
    $bare = New-Item -ItemType Directory (Join-Path $folder bare)
    $text = 'x' * 900
    ConvertTo-Result 'three files alone, written and renamed' ((Measure-Best -Times 1 { param($run)
        foreach ($file in 1..3000) {
            [IO.File]::WriteAllText("$bare/$file.tmp", $text)
            [IO.File]::Move("$bare/$file.tmp", "$bare/r$run-$file")
        } }) / 1000) 'ms each' $null

    $disk = New-NatsStore (Join-Path $folder store) -KeyPath (Join-Path $folder keys)
    $key = New-NatsOperator O -Store $disk | New-NatsAccount A | Add-NatsSigningKey
    $pipeline = { param($run) Get-Row 1000 "r$run-" | New-NatsUser -Account A -Store $disk -SigningKey $key | Export-NatsCredential }
    ConvertTo-Result 'user with YAML, seed and creds, first 1,000' ((Measure-Best -Times 1 $pipeline) / 1000) 'ms each' 1
    ConvertTo-Result 'the same, best of three more thousands' ((Measure-Best -Times 3 { param($run) & $pipeline "more$run" }) / 1000) 'ms each' 1

    $small = New-NatsStore (Join-Path $folder small) -KeyPath (Join-Path $folder small-keys)
    $key = New-NatsOperator O -Store $small | New-NatsAccount A | Add-NatsSigningKey
    Get-Row 1000 u | New-NatsUser -Account A -Store $small -SigningKey $key | Out-Null
    ConvertTo-Result 'validate a store of 1,000 users' (Measure-Best { if (-not (Test-NatsStore $small)) { throw 'The store does not hold.' } }) ms 60
    ConvertTo-Result 'one user by name of 1,000' (Measure-Best { Get-NatsUser u777 -Account A -Store $small }) ms 5

    $big = New-NatsStore (Join-Path $folder big) -KeyPath (Join-Path $folder big-keys)
    $key = New-NatsOperator O -Store $big | New-NatsAccount A | Add-NatsSigningKey
    $before = Get-Memory
    $made = Measure-Command { Get-Row $Large u | New-NatsUser -Account A -Store $big -SigningKey $key | Out-Null }
    ConvertTo-Result "user with YAML and seed, $Large in a pipeline" ($made.TotalMilliseconds / $Large) 'ms each' $null
    ConvertTo-Result "memory that these left behind" ((Get-Memory) - $before) MB $null
    ConvertTo-Result "one user by name of $Large" (Measure-Best { Get-NatsUser "u$($Large - 1)" -Account A -Store $big }) ms 5
    ConvertTo-Result "the first of $Large users" (Measure-Best { Get-NatsUser -Account A -Store $big | Select-Object -First 1 }) ms $null
    $before = Get-Memory
    ConvertTo-Result "validate a store of $Large users" ((Measure-Best -Times 1 {
        if (-not (Test-NatsStore $big)) { throw 'The store does not hold.' } }) / 1000) s $null
    ConvertTo-Result "memory that this left behind" ((Get-Memory) - $before) MB $null
    ConvertTo-Result "the same with what could be safer" ((Measure-Best -Times 1 { Test-NatsStore $big -Detailed | Out-Null }) / 1000) s $null
    $before = Get-Memory
    ConvertTo-Result "all that one key signed, $Large users" ((Measure-Best -Times 1 { $key | Get-NatsKeyUsage | Out-Null }) / 1000) s $null
    ConvertTo-Result "memory that this left behind" ((Get-Memory) - $before) MB $null
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}

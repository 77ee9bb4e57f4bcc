# What the tests in PowerShell start from: the module, and for each test a folder with a store, keys and settings of its own.

Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1")) -Global

$variables = 'NATSKEYS_STORE', 'NATSKEYS_KEYS', 'NATSKEYS_PASSPHRASE', 'XDG_CONFIG_HOME'
$previous = @{}

<#
.SYNOPSIS
    Makes a new folder the current one, and the home of what a cmdlet finds without being told. What one test leaves behind, no other sees.
#>
function Enter-TestFolder {
    $folder = Join-Path $TestDrive ([guid]::NewGuid())
    New-Item $folder -ItemType Directory | Out-Null
    Push-Location $folder
    foreach ($name in $variables) {
        $previous[$name] = [System.Environment]::GetEnvironmentVariable($name)
    }
    $env:NATSKEYS_STORE = Join-Path $folder store
    $env:NATSKEYS_KEYS = Join-Path $folder keys
    $env:NATSKEYS_PASSPHRASE = ''
    $env:XDG_CONFIG_HOME = Join-Path $folder settings
    $folder
}

# Puts the current folder and the environment back.
function Exit-TestFolder {
    foreach ($name in $variables) {
        [System.Environment]::SetEnvironmentVariable($name, $previous[$name])
    }
    Pop-Location
}

# What Tab offers at the end of a line.
function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }

function ConvertTo-Passphrase([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

Export-ModuleMember -Function Enter-TestFolder, Exit-TestFolder, Complete, ConvertTo-Passphrase

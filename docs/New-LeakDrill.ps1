#requires -Version 7.6
<#
.SYNOPSIS
    Draws the picture of the readme: a signing key leaks and is replaced.
.DESCRIPTION
    Runs the commands of the picture in a store of its own, in a temporary folder, and draws what they print. Keys are random, so the picture
    shows the leaked key as AOLD… and the new one as ANEW…. Nothing else is changed, and no time is shown: the same module draws the same picture.
    A test compares the committed picture with a new one.
.PARAMETER Path
    The file to write. It is overwritten.
.EXAMPLE
    dotnet run --project src/NatsKeys.Shell -- docs/New-LeakDrill.ps1
#>
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $PSScriptRoot leak-drill.svg)
)

$ErrorActionPreference = 'Stop'
$width = 120
$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
if (-not (Get-Module NatsKeys)) {
    Import-Module (Join-Path $PSScriptRoot .. NatsKeys.psd1)
}

# What a command prints, line by line. Keys keep their width, so that columns stay in line.
function Get-Printed([string] $Command) {
    $output = . ([scriptblock]::Create($Command))
    # The engine would break a long text within a word, or within a key.
    $text = $output -is [string] ? $output : ($output | Out-String -Width $width)
    foreach ($line in $text.ReplaceLineEndings("`n").Trim("`n").Split("`n")) {
        foreach ($name in $script:names.Keys) {
            $line = [regex]::Replace($line, "$($name.Substring(0, 12))(…|$($name.Substring(12)))",
                { $output -is [string] ? $script:names[$name] : $script:names[$name].PadRight($args[0].Length) })
        }
        $line.TrimEnd()
    }
}

# One line of the picture: its text, and the class that gives it a colour.
function Add-Line([string] $Text, [string] $Class) {
    $script:picture.Add(@{ Text = $Text; Class = $Class })
}

function Add-Command([string] $Command, [string] $Comment) {
    if ($picture.Count) { Add-Line '' '' }
    Add-Line "# $Comment" comment
    $prompt = 'PS> '
    foreach ($line in $Command.ReplaceLineEndings("`n").Split("`n")) {
        Add-Line "$prompt$line" command
        $prompt = '>> '
    }
}

# A warning or a message may be longer than the picture is wide.
function Add-Printed([string[]] $Lines) {
    foreach ($line in $Lines) {
        $class = $line.StartsWith('WARNING:') ? 'warning' : 'output'
        while ($line.Length -gt $width) {
            $at = $line.LastIndexOf(' ', $width)
            Add-Line $line.Substring(0, $at) $class
            $line = $line.Substring($at + 1)
        }
        Add-Line $line $class
    }
}

function ConvertTo-Svg {
    $lineHeight = 19
    $height = $picture.Count * $lineHeight + 66
    $y = 58
    $lines = foreach ($line in $picture) {
        if ($line.Text) {
            "  <text x=""20"" y=""$y"" class=""$($line.Class)"">$([System.Net.WebUtility]::HtmlEncode($line.Text))</text>"
        }
        $y += $lineHeight
    }
    @"
<svg xmlns="http://www.w3.org/2000/svg" width="1060" height="$height" viewBox="0 0 1060 $height"
  xml:space="preserve" role="img" aria-labelledby="title">
  <title id="title">A signing key leaks: what it signed, its replacement, and the proof that stolen credentials are worthless</title>
  <style>
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .comment { fill: #8b949e; }
    .command { fill: #79c0ff; }
    .output { fill: #e6edf3; }
    .warning { fill: #e3b341; }
  </style>
  <rect width="1060" height="$height" rx="8" fill="#0d1117"/>
  <circle cx="24" cy="22" r="6" fill="#ff5f56"/>
  <circle cx="44" cy="22" r="6" fill="#ffbd2e"/>
  <circle cx="64" cy="22" r="6" fill="#27c93f"/>
$($lines -join "`n")
</svg>

"@.ReplaceLineEndings("`n")
}

$folder = [System.IO.Directory]::CreateTempSubdirectory('natskeys-drill-').FullName
$variables = 'NATSKEYS_STORE', 'NATSKEYS_KEYS', 'NATSKEYS_PASSPHRASE'
$previous = $variables | ForEach-Object { [System.Environment]::GetEnvironmentVariable($_) }
$rendering = $PSStyle.OutputRendering
$picture = [System.Collections.Generic.List[hashtable]]::new()
$names = @{}
Push-Location $folder
try {
    $PSStyle.OutputRendering = 'PlainText'
    $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS, $env:NATSKEYS_PASSPHRASE = (Join-Path $folder store), (Join-Path $folder keys), ''

    # A company with three devices. Somebody copied the credentials of one and the key that signed them all.
    $key = New-NatsOperator ACME | Add-NatsSigningKey | New-NatsAccount devices |
        Add-NatsSigningKey -Role sensor -AllowPublish 'tele.{{name()}}.>' -AllowSubscribe 'cmd.{{name()}}.>'
    'sensor-1', 'sensor-2', 'sensor-3' | ForEach-Object { $key | New-NatsUser $_ | Export-NatsCredential }
    Copy-Item (Get-ChildItem keys -Recurse -Filter sensor-2.creds) stolen.creds
    $names[$key.PublicKey] = 'AOLD…'

    $command = 'Get-NatsKeyUsage sensor'
    Add-Command $command 'The signing key of the role "sensor" leaked. What did it sign?'
    Add-Printed (Get-Printed $command)

    $command = '$rotation = Update-NatsSigningKey sensor -Compromised'
    Add-Command $command 'Replace it. The account, its users and their credentials are signed again, in one change.'
    $warned = . { . ([scriptblock]::Create($command)) } 3>&1
    $names[$rotation.NewKey] = 'ANEW…'
    Add-Printed @($warned | ForEach-Object { "WARNING: $_" })

    Add-Command '$rotation' 'What happened? "$rotation | Publish-NatsAccount" tells the servers.'
    Add-Printed (Get-Printed '$rotation')

    $command = "(Import-NatsCredential ./stolen.creds).Token |`n" +
        "  Test-NatsJwt -Parent (Get-NatsAccount devices), (Get-NatsOperator) -Detailed | ForEach-Object Message"
    Add-Command $command 'Stolen credentials are refused: their key is no longer on the list.'
    Add-Printed (Get-Printed $command)

    Add-Command 'Get-NatsUser | Test-NatsJwt' 'The devices work with their new credentials.'
    Add-Printed (Get-Printed 'Get-NatsUser | Test-NatsJwt')

    [System.IO.File]::WriteAllText($target, (ConvertTo-Svg))
    Get-Item -LiteralPath $target
}
finally {
    Pop-Location
    $PSStyle.OutputRendering = $rendering
    for ($i = 0; $i -lt $variables.Count; $i++) {
        [System.Environment]::SetEnvironmentVariable($variables[$i], $previous[$i])
    }
    Remove-Item $folder -Recurse -Force
}

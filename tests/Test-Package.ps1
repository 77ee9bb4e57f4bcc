#requires -Version 7.6
<#
.SYNOPSIS
    Publishes a package to a folder of its own, as Publish-PSResource does to the gallery, installs it from there, and uses what was installed.
.PARAMETER Folder
    The folder of the module, as it is packed.
.PARAMETER Package
    The .nupkg.
.EXAMPLE
    ./tests/Test-Package.ps1 -Folder out/NatsKeys/0.9.0 -Package out/NatsKeys.0.9.0.nupkg
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Folder,

    [Parameter(Mandatory)]
    [string] $Package
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$root = [System.IO.Directory]::CreateTempSubdirectory('natskeys-package-').FullName

# The PowerShell that runs this. As a tool of .NET it is a library.
$powershell = [System.Environment]::ProcessPath
$library = @(if ((Split-Path $powershell -LeafBase) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll })

# Nothing of the user's is touched but the list of repositories, which has this one for a moment.
$walkthrough = @'
$ErrorActionPreference = 'Stop'
Import-Module $args[0]
$root = $args[1]
New-NatsOperator O2 -Store (New-NatsStore "$root/store" -KeyPath "$root/keys") | Add-NatsSigningKey |
    New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential "$root/U.creds"
if (-not (Import-NatsCredential "$root/U.creds").Matches -or (Get-Help New-NatsUser).Synopsis -notmatch '^Creates') {
    throw 'What was installed does not work.'
}
$manifest = Test-ModuleManifest $args[0]
if (-not $manifest.LicenseUri -or -not $manifest.Tags -or -not $manifest.ReleaseNotes) {
    throw 'The manifest lacks license, tags or release notes.'
}
'@

function Test-Published([string] $Name, [hashtable] $Source) {
    $repository = "$([System.IO.Path]::GetFileName($root))-$Name"
    $feed, $modules = 'feed', 'modules' | ForEach-Object { New-Item (Join-Path $root $Name $_) -ItemType Directory }
    Register-PSResourceRepository $repository -Uri $feed.FullName -Trusted
    try {
        Publish-PSResource @Source -Repository $repository
        Save-PSResource NatsKeys -Repository $repository -Path $modules
    }
    finally {
        Unregister-PSResourceRepository $repository
    }
    $manifest = Get-Item (Join-Path $modules NatsKeys * NatsKeys.psd1)
    $script = Join-Path $root $Name walkthrough.ps1
    Set-Content $script $walkthrough
    & $powershell @library -NoProfile -NonInteractive -File $script $manifest.FullName (Join-Path $root $Name)
}

try {
    Test-Published folder @{ Path = $Folder }
    Test-Published package @{ NupkgPath = $Package }
}
finally {
    Remove-Item $root -Recurse -Force
}

#requires -Version 7.6
<#
.SYNOPSIS
    Publishes a package to a folder of its own, as Publish-PSResource does to the gallery, installs it from there, and uses what was installed.
.PARAMETER Folder
    The folder of the module, as it is packed.
.PARAMETER Package
    The .nupkg.
.PARAMETER ProjectUri
    The address of the repository that the manifest and the help must name; none without it.
.PARAMETER HelpInfoUri
    The address of Update-Help that the manifest must name; none without it.
.PARAMETER Prerelease
    The label of the version; none without it.
.EXAMPLE
    ./tests/Test-Package.ps1 -Folder out/NatsKeys/0.9.0 -Package out/NatsKeys.0.9.0.nupkg
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Folder,

    [Parameter(Mandatory)]
    [string] $Package,

    [string] $ProjectUri,

    [string] $HelpInfoUri,

    [string] $Prerelease
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
$null, $null, $project, $helpInfo, $label = $args
$icon = $project ? "$project/raw/main/module/icon.png" : ''
$said = "$($manifest.ProjectUri) $($manifest.IconUri) $($manifest.HelpInfoUri) $($manifest.PrivateData.PSData.Prerelease)"
if ($said -ne "$project $icon $helpInfo $label") {
    throw "The manifest says '$said', not '$project $icon $helpInfo $label'."
}
foreach ($command in Get-Command -Module NatsKeys) {
    $page = $project ? "$project/blob/main/docs/cmdlets/$command.md" : ''
    if ($command.HelpUri -ne $page) {
        throw "Get-Help $command -Online opens '$($command.HelpUri)', not '$page'."
    }
}
'@

function Test-Published([string] $Name, [hashtable] $Source) {
    $repository = "$([System.IO.Path]::GetFileName($root))-$Name"
    $feed, $modules = 'feed', 'modules' | ForEach-Object { New-Item (Join-Path $root $Name $_) -ItemType Directory }
    Register-PSResourceRepository $repository -Uri $feed.FullName -Trusted
    try {
        Publish-PSResource @Source -Repository $repository
        Save-PSResource NatsKeys -Repository $repository -Path $modules -Prerelease:([bool] $Prerelease)
    }
    finally {
        Unregister-PSResourceRepository $repository
    }
    $manifest = Get-Item (Join-Path $modules NatsKeys * NatsKeys.psd1)
    $script = Join-Path $root $Name walkthrough.ps1
    Set-Content $script $walkthrough
    & $powershell @library -NoProfile -NonInteractive -File $script $manifest.FullName (Join-Path $root $Name) $ProjectUri $HelpInfoUri $Prerelease
}

# What Update-Help would get is taken from the folder, as it would come from the address. On Windows it would go into the user's own help.
function Test-Help([string] $Source) {
    $target = Join-Path $root help
    Copy-Item $Folder (New-Item (Join-Path $target modules NatsKeys) -ItemType Directory) -Recurse
    $script = Join-Path $target update.ps1
    Set-Content $script @'
$ErrorActionPreference = 'Stop'
$env:HOME, $env:XDG_DATA_HOME, $env:PSModulePath = $args[0], $args[0], (Join-Path $args[0] modules)
Update-Help -Module NatsKeys -SourcePath $args[1] -UICulture en-US -Force
if (-not (Get-ChildItem $args[0] -Recurse -Filter NatsKeys.dll-Help.xml | Where-Object FullName -NotLike '*modules*')) {
    throw "Update-Help gets nothing from $($args[1])."
}
'@
    & $powershell @library -NoProfile -NonInteractive -File $script $target $Source
}

try {
    Test-Published folder @{ Path = $Folder }
    Test-Published package @{ NupkgPath = $Package }
    if ((Get-FileHash $Package -Algorithm SHA256).Hash -ne (-split (Get-Content "$Package.sha256"))[0]) {
        throw "$Package.sha256 has another hash than the package."
    }
    if ($HelpInfoUri -and -not $IsWindows) {
        Test-Help (Join-Path (Split-Path $Package) help)
    }
}
finally {
    Remove-Item $root -Recurse -Force
}

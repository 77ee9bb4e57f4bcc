#requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests and packs the module. `dotnet build` alone is enough for an importable module in place.
.DESCRIPTION
    Package makes a folder and a .nupkg in out/, which Publish-PSResource takes with -Path and -NupkgPath, and tries both out. Beside the .nupkg it
    writes its SHA-256, which pipelines pin.
.PARAMETER Task
    What is done, in this order. Analyze asks PSScriptAnalyzer, where it is installed.
.PARAMETER Configuration
    The configuration of .NET. A package is for release.
.PARAMETER Runtime
    The platforms for which Package compiles what starts with the module ahead; the compiler for that comes from the package source. On others
    the engine compiles at every start, which takes longer.
.PARAMETER ProjectUri
    The address of the repository. The manifest of the package has it, `Get-Help -Online` opens the pages there, and so do the links of the readme.
.PARAMETER HelpInfoUri
    The address of a folder, with a slash at its end. Package writes into out/help what has to be put there, and Update-Help gets it.
.PARAMETER Prerelease
    The label of a version before its release, such as rc1.
.PARAMETER Certificate
    A PFX file with which Package signs the scripts, the manifest and the libraries of the project, on Windows. Its password is in SIGNING_PASSWORD.
.EXAMPLE
    ./build.ps1 -Task Build, Test
.EXAMPLE
    ./build.ps1 -Task Package -Runtime @()
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Analyze', 'Package', 'Sbom', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [AllowEmptyCollection()]
    [string[]] $Runtime = @('win-x64', 'linux-x64', 'osx-arm64'),

    [ValidatePattern('^https?://')]
    [string] $ProjectUri,

    [ValidatePattern('^https?://.*/$')]
    [string] $HelpInfoUri,

    [ValidatePattern('^[A-Za-z0-9]+$')]
    [string] $Prerelease,

    [string] $Certificate
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$address = $ProjectUri.TrimEnd('/')
$solution = Join-Path $PSScriptRoot NatsKeys.sln
$out = Join-Path $PSScriptRoot out

# The PowerShell that runs this. As a tool of .NET it is a library.
$powershell = [System.Environment]::ProcessPath
$library = @(if ((Split-Path $powershell -LeafBase) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll })

function Invoke-BuildTask {
    dotnet build $solution --configuration $Configuration
}

function Invoke-TestTask {
    dotnet test $solution --configuration $Configuration
}

function Invoke-AnalyzeTask {
    if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
        Write-Warning 'PSScriptAnalyzer is not installed, so no script is analyzed. Install it: Install-PSResource PSScriptAnalyzer'
        return
    }
    $scripts = 'NatsKeys.psd1', 'build.ps1', 'module/*.psm1', 'docs/*.ps1', 'examples/*.ps1', 'examples/*/*.ps1', 'tests/*.ps1' |
        ForEach-Object { Get-Item (Join-Path $PSScriptRoot $_) }
    $tests = 'tests/Pester/*.ps1', 'tests/Test*/*.psm1' | ForEach-Object { Get-Item (Join-Path $PSScriptRoot $_) }
    # What one block of Pester sets, others use. Passphrases of tests are no secrets, and commands that stand in for others take what those take.
    $exempt = 'PSUseDeclaredVarsMoreThanAssignments', 'PSAvoidUsingConvertToSecureStringWithPlainText', 'PSAvoidUsingInvokeExpression',
        'PSAvoidOverwritingBuiltInCmdlets', 'PSReviewUnusedParameter', 'PSUseShouldProcessForStateChangingFunctions'
    $found = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Severity Error, Warning }) +
        @($tests | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Severity Error, Warning -ExcludeRule $exempt })
    if ($found) {
        $found | Format-Table Severity, RuleName, ScriptName, Line, Message -Wrap | Out-String | Write-Warning
        throw "PSScriptAnalyzer has $(@($found).Count) findings."
    }
}

function Invoke-PackageTask {
    dotnet build (Join-Path $PSScriptRoot src NatsKeys) --configuration $Configuration "-p:ProjectUri=$address" '-p:ForPackage=true'
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot NatsKeys.psd1)
    $manifest.PrivateData.PSData.ReleaseNotes = Get-ReleaseNote
    $folder = Join-Path $out NatsKeys $manifest.ModuleVersion
    $package = Join-Path $out "NatsKeys.$($manifest.ModuleVersion)$($Prerelease ? "-$Prerelease" : '').nupkg"

    Remove-Item $folder, $package, "$package.sha256", (Join-Path $out help) -Recurse -Force -ErrorAction Ignore
    Copy-Module $folder $manifest
    Add-CompiledLibrary (Join-Path $folder module bin)
    $null = Test-ModuleManifest (Join-Path $folder NatsKeys.psd1)
    if ($Certificate) {
        Add-Signature $folder
    }
    Compress-PSResource -Path $folder -DestinationPath $out
    "$((Get-FileHash $package -Algorithm SHA256).Hash.ToLowerInvariant())  $(Split-Path $package -Leaf)" | Set-Content "$package.sha256"
    if ($HelpInfoUri) {
        Add-UpdatableHelp $folder $manifest
    }
    # In a process of its own: an imported module keeps its assemblies open for as long as the process lives.
    & $powershell @library -NoProfile -File (Join-Path $PSScriptRoot tests Test-Package.ps1) -Folder $folder -Package $package `
        -ProjectUri $address -HelpInfoUri $HelpInfoUri -Prerelease $Prerelease
    Get-Item $folder, $package, "$package.sha256"
}

# What the changelog says of its newest version.
function Get-ReleaseNote {
    $text = Get-Content (Join-Path $PSScriptRoot CHANGELOG.md) -Raw
    [regex]::Match($text, '(?ms)^## [^\n]*\n(.*?)(?=^## |\z)').Groups[1].Value.Trim()
}

# Copies what somebody at a prompt needs: not the symbols, and not the drawing of which the icon was made.
function Copy-Module([string] $Folder, [hashtable] $Manifest) {
    $null = New-Item $Folder -ItemType Directory
    'module', 'LICENSE', 'README.md', 'CHANGELOG.md' |
        ForEach-Object { Copy-Item (Join-Path $PSScriptRoot $_) $Folder -Recurse -Exclude *.pdb, *.svg }

    Set-Content (Join-Path $Folder NatsKeys.psd1) (Get-ManifestText $Manifest.PrivateData.PSData.ReleaseNotes) -NoNewline
    $readme = Join-Path $Folder README.md
    Set-Content $readme (Get-LinkedText (Get-Content $readme -Raw)) -NoNewline

    $known = Get-Content (Join-Path $Folder module ThirdPartyNotices.txt)
    $unknown = Get-ChildItem (Join-Path $Folder module bin) -Filter *.dll | Where-Object { $_.Name -notlike 'NatsKeys*' -and $_.Name -notin $known }
    if ($unknown) {
        throw "module/ThirdPartyNotices.txt has no word about $($unknown.Name -join ', ')."
    }
}

# The manifest with what is known only where a package is made.
function Get-ManifestText([string] $ReleaseNotes) {
    $notes = [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($ReleaseNotes)
    $text = Get-Content (Join-Path $PSScriptRoot NatsKeys.psd1) -Raw
    $text = [regex]::Replace($text, "(?<=ReleaseNotes\s*= ')[^']*(?=')", { $notes })
    $more = @(
        if ($address) {
            "ProjectUri   = '$address'"
            "IconUri      = '$address/raw/main/module/icon.png'"
        }
        if ($Prerelease) {
            "Prerelease   = '$Prerelease'"
        }
    )
    $text = [regex]::Replace($text, '(?m)^( +)(LicenseUri .*)$',
        { param($line) (@($line.Groups[2].Value) + $more | ForEach-Object { $line.Groups[1].Value + $_ }) -join "`n" })
    $HelpInfoUri ? ($text -replace '(?m)^( +)(Description +=.*)$', "`$1`$2`n`$1HelpInfoURI          = '$HelpInfoUri'") : $text
}

# The readme of the package: its links lead into the repository, where that is known.
function Get-LinkedText([string] $Text) {
    if (-not $address) {
        return $Text
    }
    $Text -replace '(?<=!\[[^\]]*\]\()(?![a-z]+:|#)', "$address/raw/main/" -replace '(?<=\]\()(?![a-z]+:|#)', "$address/blob/main/"
}

# What Update-Help reads from the address of HelpInfoUri: a cabinet on Windows, an archive on other systems.
function Add-UpdatableHelp([string] $Folder, [hashtable] $Manifest) {
    $help = New-Item (Join-Path $out help) -ItemType Directory
    $name = "NatsKeys_$($Manifest.GUID)"
    $files = Get-ChildItem (Join-Path $Folder module bin en-US)
    Set-Content (Join-Path $help "${name}_HelpInfo.xml") @"
<?xml version="1.0" encoding="utf-8"?>
<HelpInfo xmlns="http://schemas.microsoft.com/powershell/help/2010/05">
  <HelpContentURI>$HelpInfoUri</HelpContentURI>
  <SupportedUICultures>
    <UICulture>
      <UICultureName>en-US</UICultureName>
      <UICultureVersion>$($Manifest.ModuleVersion)</UICultureVersion>
    </UICulture>
  </SupportedUICultures>
</HelpInfo>
"@
    $content = Join-Path $help "${name}_en-US_HelpContent"
    Compress-Archive $files "$content.zip"
    if ($IsWindows) {
        $list = Join-Path $out help.ddf
        '.Set Cabinet=on', '.Set MaxDiskSize=0', ".Set DiskDirectory1=`"$help`"", ".Set CabinetNameTemplate=$(Split-Path $content -Leaf).cab" +
            $files.ForEach({ "`"$_`"" }) | Set-Content $list
        makecab /V0 /F $list /D RptFileName=nul /D InfFileName=nul
        Remove-Item $list
    }
    else {
        Write-Warning 'Only Windows makes the cabinet from which PowerShell on Windows updates help.'
    }
}

# What nearly every command runs, once more, compiled for each platform. Not the cmdlets: the engine looks for their help beside them.
function Add-CompiledLibrary([string] $Bin) {
    foreach ($platform in $Runtime) {
        $compiled = Join-Path $out compiled $platform
        dotnet publish (Join-Path $PSScriptRoot src NatsKeys.Stores) --configuration $Configuration --runtime $platform --no-self-contained `
            --artifacts-path (Join-Path $out artifacts) --output $compiled -p:PublishReadyToRun=true
        $library = New-Item (Join-Path $Bin runtimes $platform lib) -ItemType Directory
        $names = 'NatsKeys.Core', 'NatsKeys.Stores', 'NSec.Cryptography', 'YamlDotNet', 'NATS.Client.Abstractions', 'NATS.Client.Core',
            'NATS.Client.JetStream', 'NATS.NKeys'
        $names | ForEach-Object { Copy-Item (Join-Path $compiled "$_.dll") $library }
    }
}

# What belongs to others has their signature, or none.
function Add-Signature([string] $Folder) {
    $signer = [System.Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12FromFile($Certificate, $env:SIGNING_PASSWORD)
    $files = Get-ChildItem $Folder -Recurse -File -Include *.psm1, *.psd1, *.ps1xml, NatsKeys*.dll
    $signatures = $files | Set-AuthenticodeSignature -Certificate $signer -HashAlgorithm SHA256 -TimestampServer http://timestamp.digicert.com
    foreach ($signature in $signatures) {
        if ($signature.Status -ne 'Valid') {
            throw "$($signature.Path) was not signed: $($signature.StatusMessage)"
        }
    }
}

# What the packed module is made of, in the form of SPDX.
function Invoke-SbomTask {
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot NatsKeys.psd1)
    $version = "$($manifest.ModuleVersion)$($Prerelease ? "-$Prerelease" : '')"
    $tools = Join-Path $out tools
    if (-not (Get-ChildItem $tools -Filter 'sbom-tool*' -ErrorAction Ignore)) {
        # The tool is built for an older .NET than this repository needs.
        dotnet tool install Microsoft.Sbom.DotNetTool --version 4.1.13 --tool-path $tools --allow-roll-forward
    }
    # The parts of others come with these two libraries. The folder above also has what is not packed, such as a PowerShell.
    $parts = Join-Path $out parts
    foreach ($library in 'NatsKeys.Core', 'NatsKeys.Stores') {
        Copy-Item (Join-Path $PSScriptRoot src $library obj project.assets.json) (New-Item (Join-Path $parts $library obj) -ItemType Directory -Force)
    }
    $sbom = New-Item (Join-Path $out sbom) -ItemType Directory -Force
    $module = Join-Path $out NatsKeys $manifest.ModuleVersion
    & (Join-Path $tools sbom-tool) generate -b $module -bc $parts -m $sbom -D true `
        -pn NatsKeys -pv $version -ps NatsKeys -nsb ($address ? $address : 'https://natskeys.invalid') -V Warning
    $found = Get-ChildItem $sbom -Recurse -Filter manifest.spdx.json
    Assert-Part (Get-Content $found -Raw | ConvertFrom-Json).packages.name (Join-Path $module module bin)
    $found
}

# The list of parts names the libraries of others that are in the package, and no more.
function Assert-Part([string[]] $Name, [string] $Bin) {
    $packed = @('libsodium') + @(Get-ChildItem $Bin -Filter *.dll | Where-Object BaseName -NotLike NatsKeys* | ForEach-Object BaseName)
    $different = Compare-Object $packed @($Name | Where-Object { $_ -ne 'NatsKeys' })
    if ($different) {
        throw "The list of parts differs from what is packed: $($different.InputObject -join ', ')."
    }
}

function Invoke-CleanTask {
    dotnet clean $solution --configuration $Configuration
    Remove-Item $out -Recurse -Force -ErrorAction Ignore
}

foreach ($name in $Task) {
    & "Invoke-${name}Task"
}

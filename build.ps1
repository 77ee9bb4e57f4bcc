#requires -Version 7.6

<#
.SYNOPSIS
    Builds, tests and packs the module. `dotnet build` alone is enough for an importable module in place.
.EXAMPLE
    ./build.ps1 -Task Build, Test
.EXAMPLE
    ./build.ps1 -Task Package -Configuration Release
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$solution = Join-Path $PSScriptRoot NatsKeys.sln
$out = Join-Path $PSScriptRoot out

function Invoke-BuildTask {
    dotnet build $solution --configuration $Configuration
}

function Invoke-TestTask {
    dotnet test $solution --configuration $Configuration
    # In a process of its own: an imported module keeps its assemblies open for as long as the process lives.
    & ([System.Environment]::ProcessPath) -NoProfile -File (Join-Path $PSScriptRoot tests Invoke-PesterSuite.ps1)
}

function Invoke-PackageTask {
    Invoke-BuildTask
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot NatsKeys.psd1)
    $folder = Join-Path $out NatsKeys $manifest.ModuleVersion
    $package = Join-Path $out "NatsKeys.$($manifest.ModuleVersion).nupkg"

    Remove-Item $folder, $package -Recurse -Force -ErrorAction Ignore
    $null = New-Item $folder -ItemType Directory
    'NatsKeys.psd1', 'module', 'LICENSE', 'README.md', 'CHANGELOG.md' |
        ForEach-Object { Join-Path $PSScriptRoot $_ } |
        Where-Object { Test-Path $_ } |
        Copy-Item -Destination $folder -Recurse

    New-Package $manifest $folder $package
    Get-Item $folder, $package
}

# A package is a zip with a .nuspec. It is written here, so that packing needs nothing that has to be installed first.
function New-Package([hashtable] $Manifest, [string] $Folder, [string] $Path) {
    $about = $Manifest.PrivateData.PSData
    $tags = @('PSModule') + $about.Tags + 'PSIncludes_Cmdlet' + $Manifest.CmdletsToExport.ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
    $text = @{}
    $Manifest.GetEnumerator() + $about.GetEnumerator() |
        Where-Object Value -Is [string] |
        ForEach-Object { $text[$_.Key] = [System.Security.SecurityElement]::Escape($_.Value) }

    $parts = @{
        'NatsKeys.nuspec'     = @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>NatsKeys</id>
    <version>$($text.ModuleVersion)</version>
    <authors>$($text.Author)</authors>
    <owners>$($text.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>$($text.LicenseUri)</licenseUrl>
    <description>$($text.Description)</description>
    <copyright>$($text.Copyright)</copyright>
    <tags>$($tags -join ' ')</tags>
  </metadata>
</package>
"@
        '_rels/.rels'         = @'
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Id="R1" Target="/NatsKeys.nuspec" Type="http://schemas.microsoft.com/packaging/2010/07/manifest" />
</Relationships>
'@
        '[Content_Types].xml' = @"
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
  <Default Extension="nuspec" ContentType="application/octet" />
$(
    Get-ChildItem $Folder -Recurse -File | ForEach-Object Extension | Where-Object { $_ } | Sort-Object -Unique |
        ForEach-Object { "  <Default Extension=`"$($_.Substring(1))`" ContentType=`"application/octet`" />" } | Join-String -Separator "`n"
)
  <Override PartName="/LICENSE" ContentType="application/octet" />
</Types>
"@
    }

    [System.IO.Compression.ZipFile]::CreateFromDirectory($Folder, $Path)
    $archive = [System.IO.Compression.ZipFile]::Open($Path, 'Update')
    try {
        foreach ($name in $parts.Keys) {
            $writer = [System.IO.StreamWriter]::new($archive.CreateEntry($name).Open())
            $writer.Write($parts[$name])
            $writer.Dispose()
        }
    }
    finally {
        $archive.Dispose()
    }
}

function Invoke-CleanTask {
    dotnet clean $solution --configuration $Configuration
    Remove-Item $out -Recurse -Force -ErrorAction Ignore
}

foreach ($name in $Task) {
    & "Invoke-${name}Task"
}

<#
.SYNOPSIS
    Installs the package of NatsKeys that was reviewed, and no other.
.DESCRIPTION
    A version says which package is wanted, and its hash says that it is the one that was reviewed: where the SHA-256 of what the gallery has differs,
    nothing is installed.

    The hash stands in NatsKeys.0.9.0.nupkg.sha256, beside the package and in its release notes. To see that of what the gallery has:

        Save-PSResource NatsKeys -Version 0.9.0 -AsNupkg -Path . -TrustRepository
        Get-FileHash NatsKeys.0.9.0.nupkg

    Review the package, then write the hash into the pipeline. For another version, do the same again.
.PARAMETER Version
    The version.
.PARAMETER Hash
    The SHA-256 of the package, as 64 hexadecimal digits.
.INPUTS
    None.
.OUTPUTS
    None.
.NOTES
    Needs:
    - PowerShell 7.6, with its module Microsoft.PowerShell.PSResourceGet.
.EXAMPLE
    ./Install-NatsKeys.ps1 -Version 0.9.0 -Hash $env:NATSKEYS_SHA256
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Version,

    [Parameter(Mandatory)]
    [ValidatePattern(
        '^[0-9A-Fa-f]{64}$',
        ErrorMessage = "'{0}' is not a SHA-256. Replace NATSKEYS_SHA256 by the 64 digits that the release notes state.")]
    [string] $Hash
)

$ErrorActionPreference = 'Stop'
$reviewed = 'NatsKeysReviewed'
$folder = New-Item (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())) -ItemType Directory
try {
    Save-PSResource NatsKeys -Version $Version -Path $folder -AsNupkg -TrustRepository
    $found = (Get-ChildItem $folder -Filter *.nupkg | Get-FileHash -Algorithm SHA256).Hash
    if ($found -ne $Hash) {
        throw "The package NatsKeys $Version has the SHA-256 $found, not $Hash. It is not the one that was reviewed, and was not installed."
    }

    # From the file that was compared: the gallery is not asked twice. What an agent has of this version already may be something else.
    Register-PSResourceRepository $reviewed $folder.FullName -Trusted -Force
    Install-PSResource NatsKeys -Version $Version -Repository $reviewed -Reinstall
}
finally {
    Unregister-PSResourceRepository $reviewed -ErrorAction Ignore
    Remove-Item $folder -Recurse -Force
}

# What build.ps1 puts into a package, where an address is given and where none is.

BeforeDiscovery {
    $noSdk = -not (Get-Command dotnet -ErrorAction Ignore)
}

Describe 'What a package says of its project' {
    BeforeAll {
        $build = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../build.ps1")

        # The functions of the script without a task, in a scope of their own.
        function Get-Packed([hashtable] $With) {
            & {
                . $build -Task @() @With
                $file = Join-Path $TestDrive manifest.psd1
                Set-Content $file (Get-ManifestText "It's new.")
                $manifest = Import-PowerShellDataFile $file
                @{
                    Manifest = $manifest
                    Data     = $manifest.PrivateData.PSData
                    Readme   = Get-LinkedText '[a](docs/a.md) ![p](docs/p.svg) [x](https://example.net) [h](#here)'
                }
            }
        }
        $own = Import-PowerShellDataFile (Join-Path (Split-Path $build) NatsKeys.psd1)
    }

    It 'names the address everywhere' {
        $packed = Get-Packed @{ ProjectUri = 'https://example.com/natskeys/'; HelpInfoUri = 'https://example.com/help/'; Prerelease = 'rc1' }
        $packed.Data.ProjectUri | Should -Be 'https://example.com/natskeys'
        $packed.Data.IconUri | Should -Be 'https://example.com/natskeys/raw/main/module/icon.png'
        $packed.Data.Prerelease | Should -Be 'rc1'
        $packed.Manifest.HelpInfoURI | Should -Be 'https://example.com/help/'
        $packed.Readme | Should -Be ('[a](https://example.com/natskeys/blob/main/docs/a.md) ![p](https://example.com/natskeys/raw/main/docs/p.svg) ' +
            '[x](https://example.net) [h](#here)')
    }

    It 'names no address where none is given' {
        $packed = Get-Packed @{}
        'ProjectUri', 'IconUri', 'Prerelease' | Where-Object { $packed.Data.ContainsKey($_) } | Should -BeNullOrEmpty
        $packed.Manifest.ContainsKey('HelpInfoURI') | Should -BeFalse
        $packed.Readme | Should -BeLike '*(docs/a.md)*(docs/p.svg)*'
    }

    It 'finds the pages of a clone where it comes from, and those of a package at its address only' -Skip:$noSdk {
        $find = {
            dotnet msbuild (Join-Path (Split-Path $build) src NatsKeys NatsKeys.csproj) -t:FindHelpUri -getProperty:HelpUri `
                '-p:EnableSourceControlManagerQueries=false' @args
        }
        $origin = '-p:PrivateRepositoryUrl=https://github.com/example/natskeys.git'
        & $find $origin | Should -Be 'https://github.com/example/natskeys'
        & $find $origin '-p:ForPackage=true' '-p:ProjectUri=https://example.com/x' | Should -Be 'https://example.com/x'
        & $find '-p:PrivateRepositoryUrl=file:///srv/git/natskeys' | Should -BeNullOrEmpty
    }

    It 'is the manifest of the repository in everything else' {
        $packed = Get-Packed @{ ProjectUri = 'https://example.com/natskeys' }
        $packed.Data.ReleaseNotes | Should -Be "It's new."
        $own.Keys | Where-Object { $_ -ne 'PrivateData' -and "$($packed.Manifest[$_])" -ne "$($own[$_])" } | Should -BeNullOrEmpty
        $packed.Manifest.Keys | Should -HaveCount $own.Count
    }

    It 'refuses what is no address or label' {
        { Get-Packed @{ ProjectUri = 'example.com' } } | Should -Throw -ErrorId ParameterArgumentValidationError*
        { Get-Packed @{ HelpInfoUri = 'https://example.com/help' } } | Should -Throw -ErrorId ParameterArgumentValidationError*
        { Get-Packed @{ Prerelease = 'rc.1' } } | Should -Throw -ErrorId ParameterArgumentValidationError*
    }

    It 'has a list of parts that names what is packed, and no more' {
        'NatsKeys.dll', 'NatsKeys.Core.dll', 'YamlDotNet.dll' | ForEach-Object { Set-Content (Join-Path $TestDrive $_) '' }
        & {
            . $build -Task @()
            { Assert-Part 'NatsKeys', 'libsodium', 'YamlDotNet' $TestDrive } | Should -Not -Throw
            { Assert-Part 'NatsKeys', 'libsodium' $TestDrive } | Should -Throw '*YamlDotNet*'
            { Assert-Part 'NatsKeys', 'libsodium', 'YamlDotNet', 'Microsoft.PowerShell.SDK' $TestDrive } | Should -Throw '*Microsoft.PowerShell.SDK*'
        }
    }
}

BeforeAll {
    $manifest = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1")
    Import-Module $manifest -Force
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).Name | Should -Be 'NatsKeys'
    }

    It 'exports every command that the manifest names, and again after <again>' -ForEach @(
        @{ again = { } }
        @{ again = { Import-Module $manifest -Force } }
        @{ again = { Remove-Module NatsKeys; Import-Module $manifest } }
    ) {
        & $again
        $expected = (Import-PowerShellDataFile $manifest).CmdletsToExport | Sort-Object
        (Get-Command -Module NatsKeys).Name | Sort-Object | Should -Be $expected
    }

    It 'has one version: in the manifest, the assemblies, and the newest part of the changelog' {
        $root = Split-Path $manifest
        $version = [version] (Import-PowerShellDataFile $manifest).ModuleVersion
        (Get-Command New-NatsUser).ImplementingType.Assembly.GetName().Version.ToString(3) | Should -Be "$version"
        $newest = Get-Content "$root/CHANGELOG.md" | Where-Object { $_ -like '## *' } | Select-Object -First 1
        $newest | Should -Match "^## $($version.Major)\.$($version.Minor)\b"
    }

    It 'uses approved verbs' {
        Get-Command -Module NatsKeys | Where-Object Verb -NotIn (Get-Verb).Verb | Should -BeNullOrEmpty
    }
}

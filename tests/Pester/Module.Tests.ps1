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

    It 'uses approved verbs' {
        Get-Command -Module NatsKeys | Where-Object Verb -NotIn (Get-Verb).Verb | Should -BeNullOrEmpty
    }
}

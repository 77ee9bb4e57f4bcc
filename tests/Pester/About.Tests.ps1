Describe 'Get-Help' {
    BeforeDiscovery {
        $topics = 'about_NatsKeys', 'about_NatsSigningKeys', 'about_NatsEntityFiles', 'about_NatsKeySources', 'about_NatsKeysErrors'
    }

    BeforeAll {
        $root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
        Import-Module (Join-Path $root NatsKeys.psd1)
    }

    It 'shows <_>' -ForEach $topics {
        $text = Get-Help $_ | Out-String
        $text | Should -BeLike "*$_*"
        $headings = Select-String '^## (.+)' (Join-Path $root docs cmdlets "$_.md") | ForEach-Object { $_.Matches[0].Groups[1].Value }
        foreach ($heading in $headings | Where-Object { $_ -ne 'See also' }) {
            $text | Should -Match "(?m)^  $([regex]::Escape($heading))\r?$"
        }
    }

    It 'lists the topics with what they are about' -ForEach @{ topics = $topics } {
        $found = Get-Help about_Nats*
        $found.Name | Sort-Object | Should -Be ($topics | Sort-Object)
        $found.Synopsis | Where-Object { $_ } | Should -HaveCount $topics.Count
    }

    It 'shows every topic where the module is on the path of modules and was not imported' {
        # A process of its own, which has not imported it.
        $modules = Join-Path $TestDrive modules
        $version = (Import-PowerShellDataFile (Join-Path $root NatsKeys.psd1)).ModuleVersion
        $installed = New-Item (Join-Path $modules NatsKeys $version) -ItemType Directory
        Copy-Item (Join-Path $root NatsKeys.psd1), (Join-Path $root module) $installed -Recurse
        $previous = $env:PSModulePath
        try {
            $env:PSModulePath = $modules
            $shown = & ((Get-Command pwsh -CommandType Application)[0].Source) -NoProfile -Command "(Get-Help about_NatsSigningKeys) -join ''"
        }
        finally {
            $env:PSModulePath = $previous
        }
        $shown -join "`n" | Should -BeLike '*about_NatsSigningKeys*'
    }
}

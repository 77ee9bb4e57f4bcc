Describe 'Test-NatsPermission' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS
    }

    BeforeEach {
        # A folder of its own for each test: what one leaves behind, no other sees.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        Push-Location $folder
        $env:NATSKEYS_STORE = Join-Path $folder store
        $env:NATSKEYS_KEYS = Join-Path $folder keys
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'filters users' {
        New-NatsUser V -Account A -NotBefore 30d -SigningKey (Get-NatsAccount A).Subject | Out-Null
        Get-NatsUser | Where-Object { $_ | Test-NatsPermission -Publish orders.new } | ForEach-Object Name | Should -Be 'U'
        Get-NatsUser | Test-NatsPermission -Publish orders.new -At 31d | Should -Be $true, $true
    }

    It 'gives verdicts as objects' {
        $verdict = Test-NatsPermission -User U -Subscribe 'a.>' -Detailed
        $verdict | Select-Object IsAllowed, Rule | ConvertTo-Json -Compress | Should -Be '{"IsAllowed":true,"Rule":"sub.allow"}'
        $verdict | Out-String | Should -Match 'sub.allow'
    }

    It 'completes users' {
        $line = 'Test-NatsPermission -User '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'A/U'
    }
}

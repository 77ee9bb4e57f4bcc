Describe 'Remove-NatsSigningKey' {
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
        $key = Get-NatsSigningKey -Account A
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'removes what Get-NatsSigningKey gives' {
        Get-NatsSigningKey -Account A | Remove-NatsSigningKey -WarningAction SilentlyContinue
        Get-NatsSigningKey -Account A | Should -BeNullOrEmpty
    }

    It 'warns of what is not valid any more' {
        $removal = $key | Remove-NatsSigningKey -PassThru -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'O2/A/U'
        $removal.Invalid | ForEach-Object Name | Should -Be 'U'
        (Get-NatsUser U).State | Should -Be 'Untrusted'
    }

    It 'completes the key' {
        Complete 'Remove-NatsSigningKey -Account A -Key ' | Should -Be $key.PublicKey
    }

    It 'removes nothing under -WhatIf' {
        $key | Remove-NatsSigningKey -WhatIf
        Get-NatsSigningKey -Account A | Should -Not -BeNullOrEmpty
    }
}

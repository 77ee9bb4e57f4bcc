Describe 'Remove-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        $key = Get-NatsSigningKey -Account A
    }

    AfterEach {
        Exit-TestFolder
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

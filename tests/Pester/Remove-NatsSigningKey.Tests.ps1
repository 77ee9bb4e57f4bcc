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
        Get-NatsSigningKey -Account A | Remove-NatsSigningKey -Confirm:$false -WarningAction SilentlyContinue
        Get-NatsSigningKey -Account A | Should -BeNullOrEmpty
    }
}

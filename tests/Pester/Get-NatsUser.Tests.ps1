Describe 'Get-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        New-NatsUser V -Account A -Tag night | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives users by tag' {
        (Get-NatsUser | Where-Object Tags -Contains night).Name | Should -Be 'V'
    }
}

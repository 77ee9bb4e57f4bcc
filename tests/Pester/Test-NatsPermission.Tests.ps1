Describe 'Test-NatsPermission' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'filters users' {
        New-NatsUser V -Account A -NotBefore 30d -SigningKey (Get-NatsAccount A).Subject | Out-Null
        Get-NatsUser | Where-Object { $_ | Test-NatsPermission -Publish orders.new } | ForEach-Object Name | Should -Be 'U'
        Get-NatsUser | Test-NatsPermission -Publish orders.new -At 31d | Should -Be $true, $true
    }
}

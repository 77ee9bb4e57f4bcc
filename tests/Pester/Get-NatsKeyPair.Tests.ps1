Describe 'Get-NatsKeyPair' {
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

    It 'gives what is in the key root' {
        (Get-NatsKeyPair | Group-Object Type | Sort-Object Name).Name | Should -Be 'Account', 'Operator', 'User'
        Get-NatsKeyPair -Type User | ForEach-Object PublicKey | Should -Be (Get-NatsUser U).Subject
    }

    It 'takes public keys from other objects' {
        Get-NatsUser | ForEach-Object Subject | Get-NatsKeyPair | ForEach-Object HasSeed | Should -BeTrue
    }

    It 'pipes into Export-NatsKeyPair' {
        New-Item backup -ItemType Directory | Out-Null
        Get-NatsKeyPair | Export-NatsKeyPair ./backup
        (Get-ChildItem backup).Count | Should -Be 5
    }
}

Describe 'Get-NatsKeyUsage' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey
        $key | New-NatsUser U | Export-NatsCredential
        $role = Get-NatsAccount A | Add-NatsSigningKey -Role sensor -AllowPublish tele
        $role | New-NatsUser S | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives what a key signed, with its credentials' {
        $uses = $key | Get-NatsKeyUsage
        "$uses" | Should -Be 'signing key of account O2/A user O2/A/U'
        $uses[1].CredentialPath | Should -Exist
        $uses[1].SignedBy | Should -Be $key.PublicKey
    }

    It 'takes a role, an owner and nothing at all' {
        (Get-NatsKeyUsage sensor | Where-Object Kind -EQ User).Path.Name | Should -Be 'S'
        (Get-NatsAccount A | Get-NatsKeyUsage | Where-Object Kind -EQ User).Count | Should -Be 2
        (Get-NatsKeyUsage).Depth | Should -Be 0, 0, 1, 2, 2
    }

    It 'shows a tree' {
        $text = Get-NatsKeyUsage | Out-String -Width 120
        $text | Should -Match "(?m)^  account O2/A "
        $text | Should -Match "(?m)^    user O2/A/S +role 'sensor'"
    }

    It 'warns of a key that nothing uses' {
        Get-NatsKeyUsage (New-NatsKeyPair Account) -WarningVariable warnings -WarningAction Ignore | Should -BeNullOrEmpty
        $warnings | Should -Match 'Nothing in the store'
    }

    It 'completes roles, accounts and operators' {
        Complete 'Get-NatsKeyUsage -Account A -Key s' | Should -Contain 'sensor'
        Complete 'Get-NatsKeyUsage -Account ' | Should -Be 'A'
        Complete 'Get-NatsKeyUsage -Operator ' | Should -Be 'O2'
    }
}

Describe 'Get-NatsAuthCallout' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $user = $account | New-NatsUser U
        $key = New-NatsKeyPair Curve
        $account | Set-NatsAuthCallout $user -AllowedAccount * -EncryptionKey $key
        $operator | New-NatsAccount B | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives the callout of the accounts in the pipeline that have one' {
        $callout = Get-NatsAccount | Get-NatsAuthCallout
        $callout.Account | Should -Be 'A'
        $callout.AuthUsers | Should -Be $user.Name
        $callout.AllowedAccounts | Should -Be '*'
        $callout.EncryptionKey | Should -Be $key.PublicKey
    }

    It 'gives the callout of an account by its name, or nothing' {
        (Get-NatsAuthCallout -Account A).AuthUsers | Should -Be $user.Name
        Get-NatsAuthCallout -Account B | Should -BeNullOrEmpty
        (Get-NatsAuthCallout -Operator O2).Account | Should -Be 'A'
    }
}

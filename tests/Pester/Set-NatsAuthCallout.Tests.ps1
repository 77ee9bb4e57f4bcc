Describe 'Set-NatsAuthCallout' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $user = $account | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'lets users of the account in the pipeline decide' {
        $other = $operator | New-NatsAccount B
        $account | Set-NatsAuthCallout $user -AllowedAccount A, $other.Subject
        $callout = Get-NatsAuthCallout
        $callout.AuthUsers | Should -Be $user.Name
        $callout.AllowedAccounts | Should -Be $account.Name, $other.Name
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'records only the public half of the key that it is given' {
        $key = New-NatsKeyPair Curve
        $account | Set-NatsAuthCallout U -EncryptionKey $key
        (Get-NatsAuthCallout).EncryptionKey | Should -Be $key.PublicKey
        (Get-NatsKeyPair).PublicKey | Should -Not -Contain $key.PublicKey
    }
}

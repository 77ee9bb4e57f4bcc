Describe 'Remove-NatsAuthCallout' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | New-NatsUser U | Out-Null
        $account | Set-NatsAuthCallout U -AllowedAccount * -EncryptionKey (New-NatsKeyPair Curve)
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes what Get-NatsAuthCallout gives' {
        Get-NatsAuthCallout | Remove-NatsAuthCallout
        Get-NatsAuthCallout | Should -BeNullOrEmpty
        $changed = Get-NatsAccount A
        $changed.Claims.Authorization.AllowedAccounts | Should -BeNullOrEmpty
        $changed.Claims.Authorization.Xkey | Should -BeNullOrEmpty
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }
}

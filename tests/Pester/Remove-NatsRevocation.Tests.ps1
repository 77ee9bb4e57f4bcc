Describe 'Remove-NatsRevocation' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $user = $account | New-NatsUser U
        $user | Add-NatsRevocation
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'takes back what Get-NatsRevocation gives, and warns of it' {
        $user | Test-NatsJwt | Should -BeFalse
        Get-NatsRevocation | Remove-NatsRevocation -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'Tokens of U '
        Get-NatsRevocation | Should -BeNullOrEmpty
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
        $user | Test-NatsJwt | Should -BeTrue
    }

    It 'takes away those that the revocation of everybody covers' {
        $account | New-NatsUser V | Add-NatsRevocation -At 2199-01-31
        Add-NatsRevocation -Confirm:$false * -Account A -At 2099-01-31
        Remove-NatsRevocation -Stale -Account A
        (Get-NatsRevocation).PublicKey | Should -Be '*', (Get-NatsUser V).Subject
        $user | Test-NatsJwt | Should -BeFalse
    }
}

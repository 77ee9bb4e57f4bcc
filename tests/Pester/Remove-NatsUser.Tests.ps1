Describe 'Remove-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $user = $account | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes every user in the pipeline and revokes it in its account' {
        $account | New-NatsUser V | Out-Null
        $keys = Get-NatsUser | ForEach-Object Subject | Sort-Object
        Get-NatsUser | Remove-NatsUser -Confirm:$false -WarningAction SilentlyContinue
        Get-NatsUser | Should -BeNullOrEmpty
        $changed = Get-NatsAccount A
        $changed.Revocations.PublicKey | Sort-Object | Should -Be $keys
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'makes the token of the removed user invalid' {
        $user.Jwt | Test-NatsJwt -Parent (Get-NatsAccount A), (Get-NatsOperator O2) | Should -BeTrue
        Remove-NatsUser U -Confirm:$false -WarningAction SilentlyContinue
        $user.Jwt | Test-NatsJwt -Parent (Get-NatsAccount A), (Get-NatsOperator O2) | Should -BeFalse
    }
}

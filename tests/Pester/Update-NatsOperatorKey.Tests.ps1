Describe 'Update-NatsOperatorKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $operator | New-NatsAccount A | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'signs again what the old key had signed' {
        $update = $operator | Update-NatsOperatorKey -Confirm:$false -WarningAction SilentlyContinue
        $update.OldKey | Should -Be $operator.Subject
        "$($update.SignedAgain)" | Should -Be 'account O2/A'
        (Get-NatsAccount A).Issuer | Should -Be (Get-NatsOperator).Subject
        Get-NatsUser U | Test-NatsJwt | Should -BeTrue
    }
}

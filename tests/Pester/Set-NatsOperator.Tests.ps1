Describe 'Set-NatsOperator' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes the operator in the pipeline and signs it again' {
        $operator | Set-NatsOperator -ServiceUrl nats://one:4222, tls://two:4222 -AddTag Production
        $changed = Get-NatsOperator O2
        $changed.ServiceUrls | Should -Be 'nats://one:4222', 'tls://two:4222'
        $changed.Tags | Should -Be 'production'
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }
}

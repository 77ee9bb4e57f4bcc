Describe 'Remove-NatsJetStreamLimit' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | Set-NatsJetStreamLimit R1 -MaxDisk 10GiB
        $account | Set-NatsJetStreamLimit R3 -MaxDisk 1GiB
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes what Get-NatsJetStreamLimit gives, and no other tier' {
        Get-NatsJetStreamLimit | Where-Object Tier -EQ R3 | Remove-NatsJetStreamLimit
        (Get-NatsJetStreamLimit).Tier | Should -Be 'R1'
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'turns JetStream off for every account in the pipeline' {
        $operator | New-NatsAccount B | Set-NatsJetStreamLimit -Enable
        Get-NatsAccount | Remove-NatsJetStreamLimit
        Get-NatsJetStreamLimit | Should -BeNullOrEmpty
        Get-NatsAccount | Test-NatsJwt | Should -Be $true, $true
    }
}

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

    It 'removes one tier by its name' {
        (Remove-NatsJetStreamLimit R1 -Account A -PassThru).JetStreamLimits.Tier | Should -Be 'R3'
        (Get-NatsJetStreamLimit -Account A).Tier | Should -Be 'R3'
    }

    It 'turns JetStream off for every account in the pipeline' {
        $operator | New-NatsAccount B | Set-NatsJetStreamLimit -Enable
        Get-NatsAccount | Remove-NatsJetStreamLimit
        Get-NatsJetStreamLimit | Should -BeNullOrEmpty
        Get-NatsAccount | Test-NatsJwt | Should -Be $true, $true
    }

    It 'reports an account that is not there, and what is no tier' {
        { Remove-NatsJetStreamLimit -Account None -ErrorAction Stop } | Should -Throw -ErrorId 'EntityNotFound,*'
        { Remove-NatsJetStreamLimit Rx -Account A -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidLimit,*'
        (Get-NatsJetStreamLimit).Tier | Should -Be 'R1', 'R3'
    }

    It 'completes tier and account' {
        Complete 'Remove-NatsJetStreamLimit ' | Should -Be 'R1', 'R3', 'R5'
        Complete 'Remove-NatsJetStreamLimit -Account ' | Should -Be 'A'
    }

    It 'removes nothing under -WhatIf, and signs nothing a second time' {
        $before = (Get-NatsAccount A).Jwt
        $account | Remove-NatsJetStreamLimit -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $before
        $changed = $account | Remove-NatsJetStreamLimit -PassThru
        ($changed | Remove-NatsJetStreamLimit -PassThru).Jwt | Should -Be $changed.Jwt
    }
}

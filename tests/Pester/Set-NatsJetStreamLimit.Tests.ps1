Describe 'Set-NatsJetStreamLimit' {
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

    It 'turns JetStream on for every account in the pipeline' {
        $operator | New-NatsAccount B | Out-Null
        Get-NatsAccount | Set-NatsJetStreamLimit -MaxDisk 10GiB -MaxStreams 20
        foreach ($changed in Get-NatsAccount A, B) {
            $changed.Limits.DiskStorage, $changed.Limits.Streams, $changed.Limits.MemStorage, $changed.Limits.Consumer | Should -Be 10GB, 20, 0, -1
            $changed.State | Should -Be 'Signed'
            $changed | Test-NatsJwt | Should -BeTrue
        }
    }

    It 'changes what Get-NatsJetStreamLimit gives, and nothing else of it' {
        Set-NatsJetStreamLimit R1 -Account A -Enable
        Set-NatsJetStreamLimit 3 -Account A -MaxDisk 1GiB
        Get-NatsJetStreamLimit | Where-Object Tier -EQ R3 | Set-NatsJetStreamLimit -MaxMemory 64kb -MaxBytesRequired
        Get-NatsJetStreamLimit | ForEach-Object { "$($_.Tier) $($_.Limits.DiskStorage) $($_.Limits.MemStorage) $($_.Limits.MaxBytesRequired)" } |
            Should -Be 'R1 -1 -1 False', 'R3 1073741824 65536 True'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'reports limits that leave JetStream off, and what is no tier' {
        { $account | Set-NatsJetStreamLimit -MaxStreams 5 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidLimit,*'
        { $account | Set-NatsJetStreamLimit Rx -Enable -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidLimit,*'
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }

    It 'takes limits of one form only' {
        $account | Set-NatsJetStreamLimit -Enable
        { $account | Set-NatsJetStreamLimit R3 -Enable -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        (Get-NatsJetStreamLimit).Tier | Should -BeNullOrEmpty
    }

    It 'completes tier and account' {
        Complete 'Set-NatsJetStreamLimit ' | Should -Be 'R1', 'R3', 'R5'
        Complete 'Set-NatsJetStreamLimit -Account ' | Should -Be 'A'
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $account | Set-NatsJetStreamLimit -MaxDisk 1GiB -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
        $changed = $account | Set-NatsJetStreamLimit -MaxDisk 1GiB -PassThru
        ($changed | Set-NatsJetStreamLimit -MaxDisk 1024MiB -PassThru).Jwt | Should -Be $changed.Jwt
        (Get-NatsAccount A).Jwt | Should -Be $changed.Jwt
    }
}

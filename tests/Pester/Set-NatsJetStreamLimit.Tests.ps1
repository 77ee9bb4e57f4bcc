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
        foreach ($changed in Get-NatsAccount A, B -ErrorAction Stop) {
            $changed.Limits.DiskStorage, $changed.Limits.Streams, $changed.Limits.MemStorage, $changed.Limits.Consumer | Should -Be 10GB, 20, 0, -1
            $changed.State | Should -Be 'Signed'
            $changed | Test-NatsJwt | Should -BeTrue
        }
    }

    It 'changes what Get-NatsJetStreamLimit gives, and nothing else of it' {
        Set-NatsJetStreamLimit A R1 -Enable
        Set-NatsJetStreamLimit A -Tier 3 -MaxDisk 1GiB
        $account | Set-NatsJetStreamLimit 3 -MaxConsumers 7
        { Set-NatsJetStreamLimit R1 -MaxStreams 5 -ErrorAction Stop } | Should -Throw '*-Tier*' -ErrorId 'EntityNotFound,*'
        Get-NatsJetStreamLimit | Where-Object Tier -EQ R3 | Set-NatsJetStreamLimit -MaxMemory 64kb -MaxBytesRequired
        Get-NatsJetStreamLimit | ForEach-Object { "$($_.Tier) $($_.Limits.DiskStorage) $($_.Limits.MemStorage) $($_.Limits.MaxBytesRequired)" } |
            Should -Be 'R1 -1 -1 False', 'R3 1073741824 65536 True'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }
}

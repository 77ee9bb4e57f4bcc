Describe 'Get-NatsJetStreamLimit' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | Set-NatsJetStreamLimit R1 -MaxDisk 10GiB
        $account | Set-NatsJetStreamLimit R3 -MaxDisk 1GiB -MaxStreams 5
        $operator | New-NatsAccount B | Set-NatsJetStreamLimit -MaxMemory 64kb
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives the limits of all accounts, of each tier' {
        $limits = Get-NatsJetStreamLimit
        $limits | ForEach-Object { "$($_.Account)/$($_.Tier)" } | Should -Be 'A/R1', 'A/R3', 'B/'
        $limits[1].Limits.DiskStorage, $limits[1].Limits.Streams, $limits[1].Limits.MemStorage | Should -Be 1GB, 5, 0
    }

    It 'gives those of accounts in the pipeline, and of an account by its name' {
        (Get-NatsAccount B | Get-NatsJetStreamLimit).Limits.MemStorage | Should -Be 64kb
        (Get-NatsJetStreamLimit -Account A).Tier | Should -Be 'R1', 'R3'
    }
}

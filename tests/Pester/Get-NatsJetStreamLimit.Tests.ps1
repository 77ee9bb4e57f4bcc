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

    It 'gives nothing where JetStream is off' {
        $operator | New-NatsAccount C | Get-NatsJetStreamLimit -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'reports an account that is not there and goes on' {
        $found = 'None', 'B' | Get-NatsJetStreamLimit -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'EntityNotFound,NatsKeys.Commands.GetNatsJetStreamLimitCommand'
        $found.Account | Should -Be 'B'
    }

    It 'completes account and operator' {
        Complete 'Get-NatsJetStreamLimit -Account ' | Should -Be 'A', 'B'
        Complete 'Get-NatsJetStreamLimit -Operator ' | Should -Be 'O2'
    }

    It 'becomes JSON as a whole' {
        $json = Get-NatsJetStreamLimit -Account B | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue -ErrorAction Stop
        ($json | ConvertFrom-Json).Limits.MemStorage | Should -Be 64kb
        $json | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

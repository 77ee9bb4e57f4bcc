Describe 'Get-NatsRevocation' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $user = $account | New-NatsUser U
        $user | Add-NatsRevocation -At 2020-01-31
        $other = $operator | New-NatsAccount B
        $other | Add-NatsExport 'orders.>' Stream -Private
        Get-NatsExport | Add-NatsRevocation -Confirm:$false -TargetAccount *
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives revoked users and activations of all accounts' {
        $revocations = Get-NatsRevocation
        $revocations | ForEach-Object { "$($_.Account) $($_.Export) $($_.PublicKey)" } | Should -Be "A  $($user.Subject)", 'B orders.> *'
        $revocations[0].At | Should -Be ([System.DateTimeOffset]'2020-01-31T00:00:00Z')
    }

    It 'gives those of accounts in the pipeline, and of an account by its name' {
        ($other | Get-NatsRevocation).Export | Should -Be 'orders.>'
        (Get-NatsRevocation -Account A).PublicKey | Should -Be $user.Subject
        $operator | New-NatsAccount C | Get-NatsRevocation | Should -BeNullOrEmpty
    }

    It 'gives the revocation of a user that was removed' {
        $gone = $account | New-NatsUser V
        $gone | Remove-NatsUser -Confirm:$false -WarningAction SilentlyContinue
        (Get-NatsRevocation -Account A).PublicKey | Should -Contain $gone.Subject
    }
}

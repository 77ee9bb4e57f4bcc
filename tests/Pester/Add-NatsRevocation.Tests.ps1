Describe 'Add-NatsRevocation' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $user = $account | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'revokes every user in the pipeline' {
        $account | New-NatsUser V | Out-Null
        Get-NatsUser | Add-NatsRevocation
        $changed = Get-NatsAccount A
        $changed.Revocations.PublicKey | Sort-Object | Should -Be (Get-NatsUser | ForEach-Object Subject | Sort-Object)
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
        Get-NatsUser | Test-NatsJwt | Should -Be $false, $false
    }

    It 'revokes by name up to a time, and lets newer tokens in' {
        Add-NatsRevocation U -Account A -At 2020-01-31
        (Get-NatsRevocation).PublicKey | Should -Be $user.Subject
        (Get-NatsRevocation).At | Should -Be ([System.DateTimeOffset]'2020-01-31T00:00:00Z')
        $user | Test-NatsJwt | Should -BeTrue
        Add-NatsRevocation U -Account A
        $user | Test-NatsJwt | Should -BeFalse
        $user | Set-NatsUser -AddTag again
        $user | Test-NatsJwt | Should -BeTrue
    }

    It 'says which tokens of everybody stay valid' {
        Add-NatsRevocation * -Account A -At 2020-01-31 -Confirm:$false -WarningVariable warnings -WarningAction Ignore
        "$warnings" | Should -BeLike 'The newest token was issued at *time.revoked-before*'
        "$warnings" | Should -Not -BeLike '* of `**'
    }

    It 'revokes activations of the export in the pipeline' {
        $account | Add-NatsExport 'orders.>' Stream -Private
        $target = $operator | New-NatsAccount B
        Get-NatsExport | Add-NatsRevocation -TargetAccount B
        $revocation = Get-NatsRevocation
        $revocation.Export, $revocation.PublicKey | Should -Be 'orders.>', $target.Subject
        (Get-NatsAccount A).Claims.Revocations.Count | Should -Be 0
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'revokes everybody up to now, whatever times tokens state' {
        # A machine whose clock was years ahead signed this.
        $claims = [ordered]@{ sub = $user.Subject; name = 'U'; nats = @{ subs = -1; data = -1; payload = -1; type = 'user'; version = 2 } }
        (ConvertTo-NatsJwt $claims -SigningKey $account.Subject -IssuedAt '2099-06-01').Token | Set-Content ./U.jwt -NoNewline
        Import-NatsStore ./U.jwt -Force -WarningVariable warnings -WarningAction Ignore
        "$warnings" | Should -Match 'time\.issued-future'

        Add-NatsRevocation -Confirm:$false '*' -Account A -WarningVariable warnings -WarningAction Ignore
        "$warnings" | Should -Match $user.Subject
        (Get-NatsRevocation | Where-Object PublicKey -EQ '*').At | Should -BeLessThan ([System.DateTimeOffset]::UtcNow.AddMinutes(1))
        Get-NatsUser U | Test-NatsJwt | Should -BeFalse
        (New-NatsUser V -Account A).State | Should -Be 'Signed'
        (Set-NatsUser V -AddTag x -PassThru).State | Should -Be 'Signed'
    }
}

Describe 'Set-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $user = $account | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes every user in the pipeline and signs it again' {
        $account | New-NatsUser V | Out-Null
        Get-NatsUser | Set-NatsUser -Expires 2099-01-31 -AllowPublish 'orders.>' -SourceNetwork 192.0.2.0/24
        foreach ($changed in Get-NatsUser U, V -ErrorAction Stop) {
            $changed.Expires | Should -Be ([System.DateTimeOffset]'2099-01-31T00:00:00Z')
            $changed.Permissions.Pub.Allow, $changed.Permissions.Src | Should -Be 'orders.>', '192.0.2.0/24'
            $changed.State | Should -Be 'Signed'
            $changed | Test-NatsJwt | Should -BeTrue
        }
    }

    It 'changes a user by its name, and lets it never expire any more' {
        Set-NatsUser U -Expires 30d -AddTag Night, day
        (Get-NatsUser U).Expires | Should -BeGreaterThan ([System.DateTimeOffset]::UtcNow.AddDays(29))
        Set-NatsUser A/U -Expires Never -RemoveTag NIGHT
        $changed = Get-NatsUser U
        $changed.Expires | Should -BeNullOrEmpty
        $changed.Tags | Should -Be 'day'
    }

    It 'sets the whole list, or adds to it and removes from it' {
        Set-NatsUser U -AllowPublish a, b
        Set-NatsUser U -AllowPublish c
        (Get-NatsUser U).AllowPublish | Should -Be 'c'
        Set-NatsUser U -AddAllowPublish d, c -RemoveAllowPublish c, d
        (Get-NatsUser U).AllowPublish | Should -Be 'd', 'c'
        $warnings = Set-NatsUser U -RemoveAllowPublish orders 3>&1
        "$warnings" | Should -BeLike "*'orders'*"
    }

    It 'changes the users that a selection names' {
        $account | New-NatsUser V | Out-Null
        Get-NatsUser | Select-Object Name, Account | Set-NatsUser -Expires 2099-01-31
        (Get-NatsUser).Expires.Year | Should -Be 2099, 2099
    }
}

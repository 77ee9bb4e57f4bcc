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
        foreach ($changed in Get-NatsUser U, V) {
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

    It 'reports a time that is not understood, or past, and changes nothing' {
        foreach ($time in 'yesterday', '2020-01-01') {
            { $user | Set-NatsUser -Expires $time -AddTag night -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidTime,*'
        }
        (Get-NatsUser U).Jwt | Should -Be $user.Jwt
    }

    It 'gives the user of a role no permissions of its own' {
        $role = $account | Add-NatsSigningKey -Role reader -AllowSubscribe 'orders.>' | New-NatsUser R
        { $role | Set-NatsUser -AllowPublish 'orders.>' -ErrorAction Stop } | Should -Throw -ErrorId 'SigningKeyNotAllowed,*'
        $role | Set-NatsUser -SigningKey $account.Subject -AllowPublish 'orders.>' -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'role'
        (Get-NatsUser R).Role | Should -BeNullOrEmpty
        Get-NatsUser R | Test-NatsJwt | Should -BeTrue
    }

    It 'completes users' {
        Complete 'Set-NatsUser ' | Should -Be 'A/U'
    }

    It 'completes the keys of the account as the key that signs, and not those of the operator' {
        Add-NatsSigningKey -Operator O2 | Out-Null
        $key = $account | Add-NatsSigningKey -Role reader
        Complete 'Set-NatsUser A/U -SigningKey ' | Should -Be 'reader', $key.PublicKey
        Complete 'Set-NatsUser $user -SigningKey ' | Should -Be 'reader', $key.PublicKey
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $user | Set-NatsUser -AddTag night -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsUser U).Jwt | Should -Be $user.Jwt
        $changed = $user | Set-NatsUser -AddTag night -PassThru
        ($changed | Set-NatsUser -AddTag Night -RemoveDenyPublish none -PassThru).Jwt | Should -Be $changed.Jwt
        (Get-NatsUser U).Jwt | Should -Be $changed.Jwt
    }
}

Describe 'Set-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $key = $account | Add-NatsSigningKey -Role reader -AllowSubscribe 'orders.>'
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes what the users of a role may do' {
        $user = $key | New-NatsUser U
        $key | Set-NatsSigningKey -AllowPublish 'orders.new' -MaxPayload 64kb -Description readers
        $changed = Get-NatsSigningKey -Account A
        $changed.Template.Pub.Allow, $changed.Template.Payload, $changed.Description | Should -Be 'orders.new', 65536, 'readers'
        $changed.Template.Sub.Allow | Should -Be 'orders.>'
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
        (Get-NatsUser U).Jwt | Should -Be $user.Jwt
        Get-NatsUser U | Test-NatsJwt | Should -BeTrue
    }

    It 'renames the role that it finds by its name' {
        (Set-NatsSigningKey reader -Account A -Role writer -PassThru).Role | Should -Be 'writer'
        (Get-NatsSigningKey -Account A).PublicKey | Should -Be $key.PublicKey
        (Get-NatsSigningKey -Account A).Role | Should -Be 'writer'
    }

    It 'gives a plain key a role, and warns of the users that it had signed' {
        $plain = $account | Add-NatsSigningKey
        $plain | New-NatsUser U | Out-Null
        $plain | Set-NatsSigningKey -Role writer -AllowPublish 'orders.>' -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'O2/A/U'
        Get-NatsUser U | Test-NatsJwt | Should -BeFalse
        ($plain | New-NatsUser V).Role | Should -Be 'writer'
        Get-NatsUser V | Test-NatsJwt | Should -BeTrue
    }

    It 'reports a key that is not listed, one without a role, and a role that is taken' {
        $plain = $account | Add-NatsSigningKey
        { Set-NatsSigningKey none -Account A -Description x -ErrorAction Stop } | Should -Throw -ErrorId 'KeyNotFound,*'
        { $plain | Set-NatsSigningKey -AllowPublish x -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidClaims,*'
        { $plain | Set-NatsSigningKey -Role reader -ErrorAction Stop } | Should -Throw -ErrorId 'SigningKeyExists,*'
        { $key | Set-NatsSigningKey -AllowPublish 'a..b' -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
    }

    It 'completes role and key' {
        Complete 'Set-NatsSigningKey -Account A -Key ' | Should -Be 'reader', $key.PublicKey
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $before = (Get-NatsAccount A).Jwt
        $key | Set-NatsSigningKey -AllowPublish 'orders.new' -PassThru -WhatIf | Should -BeNullOrEmpty
        ($key | Set-NatsSigningKey -Role reader -AllowSubscribe 'orders.>' -PassThru).PublicKey | Should -Be $key.PublicKey
        (Get-NatsAccount A).Jwt | Should -Be $before
    }
}

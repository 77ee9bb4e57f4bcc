Describe 'Set-NatsAuthCallout' {
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

    It 'lets users of the account in the pipeline decide' {
        $other = $operator | New-NatsAccount B
        $account | Set-NatsAuthCallout $user -AllowedAccount A, $other.Subject
        $callout = Get-NatsAuthCallout
        $callout.AuthUsers | Should -Be $user.Subject
        $callout.AllowedAccounts | Should -Be $account.Subject, $other.Subject
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'changes only what is named, by name' {
        $key = New-NatsKeyPair Curve
        Set-NatsAuthCallout U -Account A -EncryptionKey $key.PublicKey
        Set-NatsAuthCallout -Account A -AllowedAccount *
        (Get-NatsAuthCallout).AuthUsers | Should -Be $user.Subject
        (Get-NatsAuthCallout).EncryptionKey | Should -Be $key.PublicKey
        Set-NatsAuthCallout -Account A -RemoveEncryptionKey -AllowedAccount @()
        (Get-NatsAuthCallout).EncryptionKey | Should -BeNullOrEmpty
        (Get-NatsAuthCallout).AllowedAccounts | Should -BeNullOrEmpty
    }

    It 'records only the public half of the key that it is given' {
        $key = New-NatsKeyPair Curve
        $account | Set-NatsAuthCallout U -EncryptionKey $key
        (Get-NatsAuthCallout).EncryptionKey | Should -Be $key.PublicKey
        (Get-NatsKeyPair).PublicKey | Should -Not -Contain $key.PublicKey
    }

    It 'reports users that are not there, that nobody decides, and what is no user' {
        { $account | Set-NatsAuthCallout None -ErrorAction Stop } | Should -Throw -ErrorId 'EntityNotFound,*'
        { $account | Set-NatsAuthCallout -AllowedAccount * -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidClaims,*'
        { $account | Set-NatsAuthCallout * -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }

    It 'completes users and accounts' {
        Complete 'Set-NatsAuthCallout -Account A -AuthUser ' | Should -Be 'U'
        Complete 'Set-NatsAuthCallout -AllowedAccount ' | Should -Be 'A'
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $account | Set-NatsAuthCallout U -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
        $changed = $account | Set-NatsAuthCallout U -PassThru
        ($changed | Set-NatsAuthCallout $user.Subject -PassThru).Jwt | Should -Be $changed.Jwt
    }
}

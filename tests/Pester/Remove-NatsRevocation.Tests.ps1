Describe 'Remove-NatsRevocation' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $user = $account | New-NatsUser U
        $user | Add-NatsRevocation
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'takes back what Get-NatsRevocation gives, and warns of it' {
        $user | Test-NatsJwt | Should -BeFalse
        Get-NatsRevocation | Remove-NatsRevocation -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match $user.Subject
        Get-NatsRevocation | Should -BeNullOrEmpty
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
        $user | Test-NatsJwt | Should -BeTrue
    }

    It 'takes back the revocation of a user by name, and of an activation' {
        Remove-NatsRevocation U -Account A -WarningAction SilentlyContinue
        Get-NatsRevocation | Should -BeNullOrEmpty
        $account | Add-NatsExport 'orders.>' Stream -Private
        Get-NatsExport | Add-NatsRevocation -TargetAccount *
        Get-NatsExport | Remove-NatsRevocation -TargetAccount * -PassThru -WarningAction SilentlyContinue | Test-NatsJwt | Should -BeTrue
        Get-NatsRevocation | Should -BeNullOrEmpty
    }

    It 'takes away those that the revocation of everybody covers' {
        $account | New-NatsUser V | Add-NatsRevocation -At 2199-01-31
        Add-NatsRevocation * -Account A -At 2099-01-31
        Remove-NatsRevocation -Stale -Account A
        (Get-NatsRevocation).PublicKey | Should -Be '*', (Get-NatsUser V).Subject
        $user | Test-NatsJwt | Should -BeFalse
    }

    It 'reports what is not revoked and changes nothing' {
        $other = $account | New-NatsUser V
        $before = (Get-NatsAccount A).Jwt
        { $other | Remove-NatsRevocation -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimNotFound,*'
        { Remove-NatsRevocation * -Account A -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimNotFound,*'
        (Get-NatsAccount A).Jwt | Should -Be $before
    }

    It 'completes users of the account' {
        Complete 'Remove-NatsRevocation -Account A -User ' | Should -Be 'U'
    }

    It 'signs nothing under -WhatIf, or where nothing is stale' {
        $before = (Get-NatsAccount A).Jwt
        Get-NatsRevocation | Remove-NatsRevocation -PassThru -WhatIf | Should -BeNullOrEmpty
        (Remove-NatsRevocation -Stale -Account A -PassThru).Jwt | Should -Be $before
        (Get-NatsAccount A).Jwt | Should -Be $before
    }
}

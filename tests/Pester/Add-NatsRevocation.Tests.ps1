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

    It 'revokes activations of the export in the pipeline' {
        $account | Add-NatsExport 'orders.>' Stream -Private
        $target = $operator | New-NatsAccount B
        Get-NatsExport | Add-NatsRevocation -TargetAccount B
        $revocation = Get-NatsRevocation
        $revocation.Export.Subject, $revocation.PublicKey | Should -Be 'orders.>', $target.Subject
        (Get-NatsAccount A).Claims.Revocations.Count | Should -Be 0
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'reports a user or an export that is not there, and a time that never comes' {
        { Add-NatsRevocation None -Account A -ErrorAction Stop } | Should -Throw -ErrorId 'EntityNotFound,*'
        { Add-NatsRevocation -Export none -TargetAccount * -Account A -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimNotFound,*'
        { $user | Add-NatsRevocation -At Never -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidTime,*'
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }

    It 'completes users and exports of the account' {
        $account | Add-NatsExport 'orders.>' Stream -Private
        Complete 'Add-NatsRevocation -Account A -User ' | Should -Be 'U'
        Complete 'Add-NatsRevocation -Account A -Export ' | Should -Be "'orders.>'"
    }

    It 'signs nothing under -WhatIf, or where a later revocation stands' {
        $user | Add-NatsRevocation -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
        $changed = Add-NatsRevocation * -Account A -At 2020-01-31 -PassThru
        ($changed | ForEach-Object { Add-NatsRevocation * -Account $_ -At 2019-01-31 -PassThru }).Jwt | Should -Be $changed.Jwt
        (Get-NatsRevocation).At.Year | Should -Be 2020
    }
}

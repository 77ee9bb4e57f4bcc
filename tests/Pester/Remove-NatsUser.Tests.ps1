Describe 'Remove-NatsUser' {
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

    It 'removes every user in the pipeline and revokes it in its account' {
        $account | New-NatsUser V | Out-Null
        $keys = Get-NatsUser | ForEach-Object Subject | Sort-Object
        Get-NatsUser | Remove-NatsUser -Confirm:$false -WarningAction SilentlyContinue
        Get-NatsUser | Should -BeNullOrEmpty
        $changed = Get-NatsAccount A
        $changed.Revocations.PublicKey | Sort-Object | Should -Be $keys
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'makes the token of the removed user invalid' {
        $user.Jwt | Test-NatsJwt -Parent (Get-NatsAccount A), (Get-NatsOperator O2) | Should -BeTrue
        Remove-NatsUser U -Confirm:$false -WarningAction SilentlyContinue
        $user.Jwt | Test-NatsJwt -Parent (Get-NatsAccount A), (Get-NatsOperator O2) | Should -BeFalse
    }

    It 'revokes nothing where that is not wanted, and says so' {
        $user | Remove-NatsUser -NoRevocation -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'still gets in'
        Get-NatsUser | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }

    It 'takes key and credentials with it where that is asked for' {
        $user | Export-NatsCredential
        Get-ChildItem keys -Recurse -Filter U.creds | Should -Not -BeNullOrEmpty
        $removal = $user | Remove-NatsUser -IncludeKeys -Confirm:$false -PassThru -WarningAction SilentlyContinue
        $removal.RemovedKeys | Should -Be $user.Subject
        Get-ChildItem keys -Recurse -Filter U.creds | Should -BeNullOrEmpty
        (Get-NatsKeyPair).PublicKey | Should -Not -Contain $user.Subject
    }

    It 'reports what is not there and goes on' {
        'None', 'A/U' | Remove-NatsUser -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'EntityNotFound,NatsKeys.Commands.RemoveNatsUserCommand'
        Get-NatsUser | Should -BeNullOrEmpty
    }

    It 'completes users, and removes nothing under -WhatIf' {
        Complete 'Remove-NatsUser ' | Should -Be 'A/U'
        $user | Remove-NatsUser -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsUser U).Jwt | Should -Be $user.Jwt
        Get-NatsRevocation | Should -BeNullOrEmpty
    }
}

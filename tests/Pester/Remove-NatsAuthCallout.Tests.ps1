Describe 'Remove-NatsAuthCallout' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | New-NatsUser U | Out-Null
        $account | Set-NatsAuthCallout U -AllowedAccount * -EncryptionKey (New-NatsKeyPair Curve)
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes what Get-NatsAuthCallout gives' {
        Get-NatsAuthCallout | Remove-NatsAuthCallout
        Get-NatsAuthCallout | Should -BeNullOrEmpty
        $changed = Get-NatsAccount A
        $changed.Claims.Authorization.AllowedAccounts | Should -BeNullOrEmpty
        $changed.Claims.Authorization.Xkey | Should -BeNullOrEmpty
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'removes it from an account by its name' {
        (Remove-NatsAuthCallout -Account A -PassThru).AuthCallout | Should -BeNullOrEmpty
        (Get-NatsAccount A).AuthCallout | Should -BeNullOrEmpty
    }

    It 'reports an account that is not there and goes on' {
        $changed = 'None', 'A' | Remove-NatsAuthCallout -PassThru -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'EntityNotFound,NatsKeys.Commands.RemoveNatsAuthCalloutCommand'
        $changed.Name | Should -Be 'A'
        Get-NatsAuthCallout | Should -BeNullOrEmpty
    }

    It 'completes account and operator' {
        Complete 'Remove-NatsAuthCallout -Account ' | Should -Be 'A'
        Complete 'Remove-NatsAuthCallout -Operator ' | Should -Be 'O2'
    }

    It 'removes nothing under -WhatIf, and signs nothing where there is none' {
        $before = (Get-NatsAccount A).Jwt
        $account | Remove-NatsAuthCallout -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $before
        $other = $operator | New-NatsAccount B
        ($other | Remove-NatsAuthCallout -PassThru).Jwt | Should -Be $other.Jwt
    }
}

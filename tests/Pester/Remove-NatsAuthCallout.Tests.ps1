Describe 'Remove-NatsAuthCallout' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS
    }

    BeforeEach {
        # A folder of its own for each test: what one leaves behind, no other sees.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        Push-Location $folder
        $env:NATSKEYS_STORE = Join-Path $folder store
        $env:NATSKEYS_KEYS = Join-Path $folder keys
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | New-NatsUser U | Out-Null
        $account | Set-NatsAuthCallout U -AllowedAccount * -EncryptionKey (New-NatsKeyPair Curve)
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
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

Describe 'Test-NatsJwt' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'filters what is good' {
        $tokens = (Get-NatsUser U).Jwt, 'nonsense', (Get-NatsAccount A).Jwt
        ($tokens | Where-Object { Test-NatsJwt $_ }).Count | Should -Be 2
    }

    It 'tests every entity of a store' {
        Get-NatsOperator | Test-NatsJwt | Should -BeTrue; Get-NatsAccount | Test-NatsJwt | Should -BeTrue; Get-NatsUser | Test-NatsJwt | Should -BeTrue
    }

    It 'gives findings as objects' {
        Get-NatsSigningKey -Account A | Remove-NatsSigningKey -WarningAction SilentlyContinue
        $finding = Get-NatsUser U | Test-NatsJwt -Detailed
        $finding.Rule | Should -Be 'trust.issuer'
        $finding | Select-Object Rule, Severity, Message | ConvertTo-Json | Should -Match 'trust.issuer'
    }

    It 'takes the text of Get-Content' {
        (Get-NatsUser U).Jwt | Set-Content U.jwt
        Get-Content U.jwt | Test-NatsJwt | Should -BeTrue
    }

    It 'finds what claims should not state' {
        $token = @{ sub = (New-NatsKeyPair User).PublicKey; nats = @{ type = 'user'; src = @('nowhere') } } | ConvertTo-NatsJwt -SigningKey (New-NatsKeyPair Account)
        ($token | Test-NatsJwt -Detailed).Rule | Should -Contain 'user.src'
        [NatsKeys.Validation.ValidationRules]::All.Name | Should -Contain 'user.src'
    }
}

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

    It 'takes the text of Get-Content' {
        (Get-NatsUser U).Jwt | Set-Content U.jwt
        Get-Content U.jwt | Test-NatsJwt | Should -BeTrue
    }
}

Describe 'ConvertTo-NatsJwt' {
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

    It 'signs what ConvertFrom-Json gives' {
        $user = Get-NatsUser U
        $json = ConvertFrom-NatsJwt $user.Jwt | ForEach-Object { [System.Text.Encoding]::UTF8.GetString([System.Buffers.Text.Base64Url]::DecodeFromChars($_.Token.Split('.')[1])) }
        foreach ($claims in ($json | ConvertFrom-Json), ($json | ConvertFrom-Json -AsHashtable)) {
            ($claims | ConvertTo-NatsJwt -SigningKey $user.Issuer -IssuedAt (ConvertFrom-NatsJwt $user.Jwt).IssuedAt).Token | Should -BeExactly $user.Jwt
        }
    }

    It 'signs a token again' {
        $token = Get-NatsUser U | ConvertFrom-NatsJwt | ConvertTo-NatsJwt -SigningKey (Get-NatsAccount A).Subject
        $token.Issuer | Should -Be (Get-NatsAccount A).Subject
        Test-NatsJwt $token | Should -BeTrue
    }

    It 'goes on after bad claims' {
        $good = (Get-NatsUser U | ConvertFrom-NatsJwt).Claims
        $tokens = $good, 'nonsense', $good | ConvertTo-NatsJwt -SigningKey (Get-NatsAccount A).Subject -ErrorVariable failed -ErrorAction SilentlyContinue
        $tokens.Count | Should -Be 2
        $failed.FullyQualifiedErrorId | Should -BeLike 'TokenMalformed,*'
    }

    It 'ends where the key is not at hand' {
        { '{}' | ConvertTo-NatsJwt -SigningKey (New-NatsKeyPair Account).PublicKey } | Should -Throw -ErrorId 'SigningKeyNotFound,*'
    }
}

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
        $json = ConvertFrom-NatsJwt $user.Jwt |
            ForEach-Object { [System.Text.Encoding]::UTF8.GetString([System.Buffers.Text.Base64Url]::DecodeFromChars($_.Token.Split('.')[1])) }
        foreach ($claims in ($json | ConvertFrom-Json), ($json | ConvertFrom-Json -AsHashtable)) {
            ($claims | ConvertTo-NatsJwt -SigningKey $user.Issuer -IssuedAt (ConvertFrom-NatsJwt $user.Jwt).IssuedAt).Token |
                Should -BeExactly $user.Jwt
        }
    }
}

Describe 'ConvertFrom-NatsJwt' {
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
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        (Get-NatsUser U).Jwt | Set-Content U.jwt
        (Get-NatsAccount A).Jwt | Set-Content A.jwt
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem *.jwt | ConvertFrom-NatsJwt).Name | Should -Be 'A', 'U'
    }

    It 'takes the text of Get-Content' {
        (Get-Content U.jwt | ConvertFrom-NatsJwt).Name | Should -Be 'U'
        (Get-Content U.jwt -Raw | ConvertFrom-NatsJwt).Name | Should -Be 'U'
    }

    It 'takes entities' {
        (Get-NatsUser | ConvertFrom-NatsJwt).Kind | Should -Be 'User'
    }

    It 'shows the operator of the 2019 documentation' {
        $page = Get-Content "$PSScriptRoot/../vectors/seed-document.json" | ConvertFrom-Json
        $jwt = ConvertFrom-NatsJwt $page.operator_token
        $jwt.Name | Should -Be 'O2'
        $jwt.IssuedAt | Should -Be ([DateTimeOffset] '2019-04-29T21:32:43Z')
        $jwt.SigningKeys | Should -Be 'ODMYCI5TSZY6MFLOBBQ2RNRBRAXRKJKAC5UACRC6H6CJXCLR2STTGAAQ'
    }

    It 'becomes JSON with the claims' {
        $json = ConvertFrom-NatsJwt (Get-Content A.jwt) | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue
        ($json | ConvertFrom-Json).Name | Should -Be 'A'
    }
}

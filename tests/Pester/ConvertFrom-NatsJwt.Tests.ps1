Describe 'ConvertFrom-NatsJwt' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        (Get-NatsUser U).Jwt | Set-Content U.jwt
        (Get-NatsAccount A).Jwt | Set-Content A.jwt
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem *.jwt | ConvertFrom-NatsJwt).Name | Should -Be 'A', 'U'
    }

    It 'takes the text of Get-Content' {
        (Get-Content U.jwt | ConvertFrom-NatsJwt).Name | Should -Be 'U'
        (Get-Content U.jwt -Raw | ConvertFrom-NatsJwt).Name | Should -Be 'U'
    }

    It 'becomes JSON with the claims' {
        $json = ConvertFrom-NatsJwt (Get-Content A.jwt) | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue
        ($json | ConvertFrom-Json).Name | Should -Be 'A'
    }

    It 'becomes JSON of what is set, whole at the usual depth' {
        $json = Get-Content U.jwt, A.jwt | ConvertFrom-NatsJwt | ConvertTo-Json -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeNullOrEmpty
        $user, $account = $json | ConvertFrom-Json
        $user.Settings.Publish | Should -Be 'All'
        $account.Settings.MaxConnections | Should -Be 'Unlimited'
        $user.Settings.psobject.Properties.Value | Should -Not -Contain $null
        $user.Settings.psobject.Properties.Name | Should -Not -Contain 'MaxConnections'
        @($user.psobject.Properties.Where({ $null -eq $_.Value })).Count | Should -BeLessOrEqual 3
    }
}

Describe 'Update-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey
        1..3 | ForEach-Object { $key | New-NatsUser "u$_" } | Export-NatsCredential
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'signs again what the old key had signed' {
        $rotation = $key | Update-NatsSigningKey
        $rotation.SignedAgain | Should -HaveCount 3
        Get-NatsUser | ForEach-Object Issuer | Select-Object -Unique | Should -Be $rotation.NewKey
        (Get-NatsSigningKey -Account A).PublicKey | Should -Be $rotation.NewKey
        Test-NatsStore | Should -BeTrue
    }

    It 'writes the credentials of the store anew' {
        $rotation = $key | Update-NatsSigningKey -Confirm:$false -Compromised -NewUserKeys
        $rotation.RevokedKeys | Should -HaveCount 3
        Get-ChildItem $env:NATSKEYS_KEYS/creds -Recurse -File | Import-NatsCredential | ForEach-Object { $_.Token.Issuer } | Select-Object -Unique |
            Should -Be $rotation.NewKey
    }

    It 'warns once that old credentials work until servers are told' {
        $other = Get-NatsAccount A | Add-NatsSigningKey
        $key, $other | Update-NatsSigningKey -Confirm:$false -Compromised -WarningVariable told -WarningAction SilentlyContinue | Out-Null
        $told | Should -HaveCount 1
        $told | Should -BeLike '*Publish-NatsAccount*'
    }

    It 'exports to CSV and JSON' {
        $rotation = $key | Update-NatsSigningKey
        ($rotation | Select-Object OldKey, NewKey | ConvertTo-Csv)[1] | Should -Match $rotation.NewKey
        ($rotation.Updates | Select-Object Order, Reason | ConvertTo-Json | ConvertFrom-Json).Order | Should -Be 1, 2
    }
}

Describe 'Export-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'writes the walkthrough for nsc' {
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential
        (Export-NatsStore ./out -AsNsc -PassThru).FullName | Should -Be (Join-Path $PWD out)
        Get-Content ./out/stores/O2/accounts/A/users/U.jwt -Raw | Should -BeExactly (Get-NatsUser U).Jwt
        './out/keys/creds/O2/A/U.creds' | Should -Exist
        @(Get-ChildItem ./out/keys/keys -Recurse -Filter *.nk).Count | Should -Be 5
    }

    It 'seals everything into one file for the holder of a curve key' {
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential
        $key = New-NatsKeyPair Curve
        $file = Export-NatsStore ./o.backup -Recipient $key.PublicKey -PassThru
        $file.FullName | Should -Be (Join-Path $PWD o.backup)
        Get-Content ./o.backup -TotalCount 2 | Should -BeExactly 'natskeys-backup-1', $key.PublicKey
        # The public keys in its head may have the letters of the beginning of a seed, but not its length.
        [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file)) -cmatch 'S[OAUX][A-Z2-7]{56}' | Should -BeFalse
        if (-not $IsWindows) {
            (Get-Item $file).UnixMode | Should -Be '-rw-------'
        }
    }
}

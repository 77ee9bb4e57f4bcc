Describe 'Export-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $nsc = [System.IO.Path]::GetFullPath("$PSScriptRoot/../vectors/nsc-store")
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives back to nsc what came from it, byte for byte' {
        Import-NatsStore $nsc
        Export-NatsStore ./out -Format Nsc
        foreach ($part in 'stores', 'keys') {
            $hashes = { param($root) Get-ChildItem $root -Recurse -File -Force | ForEach-Object { "$([System.IO.Path]::GetRelativePath($root, $_.FullName)) $((Get-FileHash $_).Hash)" } }
            & $hashes (Get-Item ./out/$part).FullName | Should -Be (& $hashes "$nsc/$part")
        }
    }

    It 'writes the walkthrough for nsc' {
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential
        (Export-NatsStore ./out -Format Nsc -PassThru).FullName | Should -Be (Join-Path $PWD out)
        Get-Content ./out/stores/O2/accounts/A/users/U.jwt -Raw | Should -BeExactly (Get-NatsUser U).Jwt
        './out/keys/creds/O2/A/U.creds' | Should -Exist
        @(Get-ChildItem ./out/keys/keys -Recurse -Filter *.nk).Count | Should -Be 5
    }

    It 'is for its owner alone' -Skip:$IsWindows {
        New-NatsOperator O2 | Out-Null
        Export-NatsStore ./out -Format Nsc
        Get-ChildItem ./out -Recurse -Force | ForEach-Object UnixMode | Sort-Object -Unique | Should -Be '-rw-------', 'drwx------'
    }

    It 'writes to no folder that has something' {
        New-Item ./out/mine -ItemType Directory | Out-Null
        Export-NatsStore ./out -Format Nsc -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'FileExists*'
        './out/stores' | Should -Not -Exist
    }

    It 'writes nothing under -WhatIf' {
        New-NatsOperator O2 | Out-Null
        Export-NatsStore ./out -Format Nsc -WhatIf
        './out' | Should -Not -Exist
    }

    It 'seals everything into one file for the holder of a curve key' {
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential
        $key = New-NatsKeyPair Curve
        $file = Export-NatsStore ./o.backup -Format Backup -Recipient $key.PublicKey -PassThru
        $file.FullName | Should -Be (Join-Path $PWD o.backup)
        Get-Content ./o.backup -TotalCount 2 | Should -BeExactly 'natskeys-backup-1', $key.PublicKey
        # The public keys in its head may have the letters of the beginning of a seed, but not its length.
        [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file)) -cmatch 'S[OAUX][A-Z2-7]{56}' | Should -BeFalse
        if (-not $IsWindows) {
            (Get-Item $file).UnixMode | Should -Be '-rw-------'
        }
    }

    It 'replaces a backup with -Force alone' {
        New-NatsOperator O2 | Out-Null
        $key = New-NatsKeyPair Curve
        Set-Content ./o.backup mine
        Export-NatsStore ./o.backup -Format Backup -Recipient $key -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'FileExists*'
        Get-Content ./o.backup | Should -Be mine
        Export-NatsStore ./o.backup -Format Backup -Recipient $key -Force
        Get-Content ./o.backup -TotalCount 1 | Should -Be natskeys-backup-1
    }

    It 'seals no backup without a recipient, and nothing else for one' {
        New-NatsOperator O2 | Out-Null
        foreach ($parameters in @{ Format = 'Backup' }, @{ Format = 'Nsc'; Recipient = New-NatsKeyPair Curve }) {
            Export-NatsStore ./out @parameters -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRecipient*'
        }
        './out' | Should -Not -Exist
    }

    It 'writes no backup under -WhatIf' {
        New-NatsOperator O2 | Out-Null
        Export-NatsStore ./o.backup -Format Backup -Recipient (New-NatsKeyPair Curve) -WhatIf
        './o.backup' | Should -Not -Exist
    }
}

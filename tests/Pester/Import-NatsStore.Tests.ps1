Describe 'Import-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $nsc = [System.IO.Path]::GetFullPath("$PSScriptRoot/../vectors/nsc-store")
    }

    BeforeEach {
        $folder = Enter-TestFolder
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'brings all that nsc has' {
        Import-NatsStore $nsc | Should -BeNullOrEmpty
        Get-NatsOperator | ForEach-Object Name | Should -Be 'O2', 'RICH'
        @(Get-NatsUser).Count | Should -Be 25
        @(Get-NatsKeyPair).Count | Should -Be 43
        './keys/creds/RICH/BILLING/b1.creds' | Should -Exist
    }

    It 'keeps every token as it was' {
        Import-NatsStore $nsc/stores/RICH -PassThru | ForEach-Object Jwt | Sort-Object |
            Should -BeExactly (Get-ChildItem $nsc/stores/RICH -Recurse -Filter *.jwt | Get-Content -Raw | Sort-Object)
    }

    It 'writes nothing the second time, and is no error then' {
        Import-NatsStore $nsc
        $before = Get-ChildItem store -Recurse -File | ForEach-Object LastWriteTimeUtc
        Import-NatsStore $nsc -ErrorAction Stop
        Get-ChildItem store -Recurse -File | ForEach-Object LastWriteTimeUtc | Should -Be $before
    }

    It 'names the file of a damaged token, and goes on' {
        Copy-Item $nsc ./nsc -Recurse
        Set-Content ./nsc/stores/RICH/accounts/BILLING/users/b1.jwt 'damaged'
        Import-NatsStore ./nsc/stores -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'TokenMalformed*'
        "$errors" | Should -BeLike '*b1.jwt*'
        @(Get-NatsUser).Count | Should -Be 24
    }

    It 'finds the places of loose files' {
        Get-ChildItem $nsc/stores/O2 -Recurse -Filter *.jwt | Copy-Item -Destination { "./$($_.BaseName)-loose.jwt" }
        Get-ChildItem *.jwt | Import-NatsStore
        (Get-NatsUser U).Path.ToString() | Should -Be 'user O2/A/U'
    }

    It 'imports nothing under -WhatIf' {
        Import-NatsStore $nsc -WhatIf
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    Context 'with a backup' {
        BeforeEach {
            New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Export-NatsCredential
            Add-Content ./store/O2/operator.yaml '# mine'
            $key = New-NatsKeyPair Curve
            Export-NatsStore ./o.backup -Format Backup -Recipient $key
            $env:NATSKEYS_KEYS = Join-Path $folder newkeys
            $store = New-NatsStore ./new
            $hashes = {
                param($root)
                $root = (Get-Item $root).FullName
                Get-ChildItem $root -Recurse -File -Force | Where-Object Name -NE .natskeys.lock |
                    ForEach-Object { "$([System.IO.Path]::GetRelativePath($root, $_.FullName)) $((Get-FileHash $_).Hash)" }
            }
        }

        It 'restores store, keys and credentials byte for byte' {
            Import-NatsStore ./o.backup -Store $store -Key $key | Should -BeNullOrEmpty
            & $hashes ./new | Should -Be (& $hashes ./store)
            & $hashes ./newkeys | Should -Be (& $hashes ./keys)
            Test-NatsStore $store | Should -BeTrue
        }

        It 'restores into memory' {
            $memory = New-NatsStore -InMemory
            Import-NatsStore ./o.backup -Store $memory -Key $key -PassThru | ForEach-Object Name | Should -Be 'O2', 'A', 'U'
            @(Get-NatsKeyPair -Store $memory).Count | Should -Be 5
        }

        It 'restores nothing of an altered backup' {
            $bytes = [System.IO.File]::ReadAllBytes((Get-Item ./o.backup))
            $bytes[-3000] = $bytes[-3000] -bxor 1
            [System.IO.File]::WriteAllBytes((Get-Item ./o.backup), $bytes)
            Import-NatsStore ./o.backup -Store $store -Key $key -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'InvalidBackup*'
            Get-NatsOperator -Store $store | Should -BeNullOrEmpty
            './newkeys' | Should -Not -Exist
        }

        It 'says whose key is needed' {
            Import-NatsStore ./o.backup -Store $store -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'KeyNotFound*'
            "$errors" | Should -BeLike "*$($key.PublicKey)*"
        }

        It 'restores what was changed with -Force alone' {
            Import-NatsStore ./o.backup -Store $store -Key $key
            Set-NatsAccount A -Description new -Store $store
            Import-NatsStore ./o.backup -Store $store -Key $key -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors.Count | Should -Be 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'EntityExists*'
            Import-NatsStore ./o.backup -Store $store -Key $key -Force
            & $hashes ./new | Should -Be (& $hashes ./store)
        }

        It 'restores nothing under -WhatIf' {
            Import-NatsStore ./o.backup -Store $store -Key $key -WhatIf
            Get-NatsOperator -Store $store | Should -BeNullOrEmpty
            './newkeys' | Should -Not -Exist
        }
    }
}

Describe 'Import-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS
        $nsc = [System.IO.Path]::GetFullPath("$PSScriptRoot/../vectors/nsc-store")
    }

    BeforeEach {
        # A folder of its own for each test: what one leaves behind, no other sees.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        Push-Location $folder
        $env:NATSKEYS_STORE = Join-Path $folder store
        $env:NATSKEYS_KEYS = Join-Path $folder keys
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
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
}

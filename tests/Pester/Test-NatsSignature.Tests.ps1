Describe 'Test-NatsSignature' {
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
        $key = New-NatsKeyPair User
        'hello' | Set-Content f.txt -NoNewline
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'reads the signature that Set-Content wrote' {
        New-NatsSignature f.txt -SigningKey $key | Set-Content f.sig
        Test-NatsSignature f.txt f.sig $key.PublicKey | Should -BeTrue
        Get-Item f.txt | Test-NatsSignature -Signature f.sig -PublicKey $key | Should -BeTrue
        Get-Content f.txt -AsByteStream -Raw | Test-NatsSignature -Signature f.sig -PublicKey $key | Should -BeTrue
    }

    It 'tells an altered file and another key' {
        $signature = New-NatsSignature f.txt -SigningKey $key
        Test-NatsSignature f.txt $signature (New-NatsKeyPair User) | Should -BeFalse
        Add-Content f.txt 'x'
        Test-NatsSignature f.txt $signature $key | Should -BeFalse
    }

    It 'takes signature and key by position where the data come down the pipeline' {
        $signature = New-NatsSignature -Data hello -SigningKey $key
        'hello' | Test-NatsSignature $signature $key | Should -BeTrue
        'hallo' | Test-NatsSignature $signature $key | Should -BeFalse
        Test-NatsSignature -Data hello $signature $key | Should -BeTrue
    }
}

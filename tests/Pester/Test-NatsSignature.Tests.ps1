Describe 'Test-NatsSignature' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsKeyPair User
        'hello' | Set-Content f.txt -NoNewline
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'reads the signature that Set-Content wrote' {
        New-NatsSignature f.txt -SigningKey $key | Set-Content f.sig
        Test-NatsSignature f.txt f.sig $key.PublicKey | Should -BeTrue
        Get-Item f.txt | Test-NatsSignature -Signature f.sig -PublicKey $key | Should -BeTrue
        Get-Content f.txt -AsByteStream -Raw | Test-NatsSignature -Signature f.sig -PublicKey $key | Should -BeTrue
    }
}

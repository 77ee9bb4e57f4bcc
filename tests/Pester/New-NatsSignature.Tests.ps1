Describe 'New-NatsSignature' {
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

    It 'signs files, text and bytes alike' {
        $signature = Get-Item f.txt | New-NatsSignature -SigningKey $key
        $signature | Should -MatchExactly "^[A-Za-z0-9_-]{86}$"
        Get-Content f.txt | New-NatsSignature -SigningKey $key | Should -BeExactly $signature
        Get-Content f.txt -AsByteStream -Raw | New-NatsSignature -SigningKey $key | Should -BeExactly $signature
        New-NatsSignature f.txt -SigningKey $key | Should -BeExactly $signature
    }

    It 'signs each line that Get-Content gives by itself' {
        'one', 'two' | Set-Content lines.txt
        $expected = 'one', 'two' | New-NatsSignature -SigningKey $key
        Get-Content lines.txt | New-NatsSignature -SigningKey $key | Should -BeExactly $expected
    }
}

Describe 'Export-NatsKeyPair' {
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
        $pair = New-NatsKeyPair Account
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'writes a file that Get-Content reads' {
        $pair | Export-NatsKeyPair ./a.nk
        Get-Content ./a.nk | Select-Object -First 1 | Should -MatchExactly '^SA[A-Z2-7]{56}$'
    }

    It 'gives the file with -PassThru' {
        ($pair | Export-NatsKeyPair ./a.nk -PassThru | Get-Item).Name | Should -Be 'a.nk'
    }

    It 'refuses a file that exists' {
        'mine' | Set-Content a.nk
        { $pair | Export-NatsKeyPair ./a.nk -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content a.nk | Should -Be 'mine'
    }

    It 'gives a secure string that Import-NatsKeyPair takes' {
        (Import-NatsKeyPair -Seed ($pair | Export-NatsKeyPair -AsSecureString)).PublicKey | Should -Be $pair.PublicKey
    }

    It 'completes the keys of the key root' {
        New-NatsOperator O2 | Out-Null
        Complete 'Export-NatsKeyPair ./o.nk -KeyPair ' | Should -Be (Get-NatsOperator).Subject
    }
}

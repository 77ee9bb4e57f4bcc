Describe 'Get-NatsKeySource' {
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
        $key = New-NatsKeyPair Operator
        Register-NatsKeySource NATSKEYS_TEST_SEED
        Register-NatsKeySource -Signer { $_ } -PublicKey $key.PublicKey -Name kms
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Unregister-NatsKeySource *
        Remove-Item Env:NATSKEYS_TEST_SEED -ErrorAction Ignore
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'gives the key root first, and then the sources in their order' {
        (Get-NatsKeySource).Name | Should -Be 'KeyRoot', 'NATSKEYS_TEST_SEED', 'kms'
        (Get-NatsKeySource).Kind | Should -Be 'KeyRoot', 'EnvironmentVariable', 'Signer'
    }

    It 'shows which keys there are, and no seed' {
        (Get-NatsKeySource k*s).PublicKeys | Should -Be $key.PublicKey
        $env:NATSKEYS_TEST_SEED = $key | Export-NatsKeyPair -AsPlainText
        (Get-NatsKeySource NATSKEYS_TEST_SEED).PublicKeys | Should -Be $key.PublicKey
        "$(Get-NatsKeySource | Format-List * -Force | Out-String)" | Should -Not -Match $env:NATSKEYS_TEST_SEED
    }

    It 'reports a name that is not there' {
        { Get-NatsKeySource nobody -ErrorAction Stop } | Should -Throw -ErrorId 'KeySourceNotFound,*'
    }

    It 'completes names' {
        Complete 'Get-NatsKeySource k' | Should -Be 'kms'
    }
}

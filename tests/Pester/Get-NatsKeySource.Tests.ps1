Describe 'Get-NatsKeySource' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsKeyPair Operator
        Register-NatsKeySource NATSKEYS_TEST_SEED
        Register-NatsKeySource -Signer { $_ } -PublicKey $key.PublicKey -Name kms
    }

    AfterEach {
        Unregister-NatsKeySource *
        Remove-Item Env:NATSKEYS_TEST_SEED -ErrorAction Ignore
        Exit-TestFolder
    }

    It 'shows which keys there are, and no seed' {
        (Get-NatsKeySource k*s).PublicKeys | Should -Be $key.PublicKey
        $env:NATSKEYS_TEST_SEED = $key | Export-NatsKeyPair -AsPlainText
        (Get-NatsKeySource NATSKEYS_TEST_SEED).PublicKeys | Should -Be $key.PublicKey
        "$(Get-NatsKeySource | Format-List * -Force | Out-String)" | Should -Not -Match $env:NATSKEYS_TEST_SEED
    }
}

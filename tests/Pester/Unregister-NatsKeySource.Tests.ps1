Describe 'Unregister-NatsKeySource' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Register-NatsKeySource NATSKEYS_TEST_A, NATSKEYS_TEST_B
        Register-NatsKeySource -Vault v
    }

    AfterEach {
        Unregister-NatsKeySource *
    }

    It 'takes them from the pipeline' {
        Get-NatsKeySource NATS* | Unregister-NatsKeySource -PassThru | ForEach-Object Name | Should -Be 'NATSKEYS_TEST_A', 'NATSKEYS_TEST_B'
        (Get-NatsKeySource).Name | Should -Be 'KeyRoot', 'v'
    }

    It 'says that the key root is not one of them, and takes the others' {
        Get-NatsKeySource | Unregister-NatsKeySource -ErrorVariable problem -ErrorAction SilentlyContinue
        (Get-NatsKeySource).Name | Should -Be 'KeyRoot'
        "$problem" | Should -BeLike '*key root*cannot be unregistered*'
    }
}

Describe 'Export-NatsContext' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $user = New-NatsOperator O2 -ServiceUrl nats://n1:4222 | New-NatsAccount A | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'writes a context that natscli finds, and selects it' {
        $context = $user | Export-NatsContext -ExportCredential -Select -PassThru | Get-Item | Get-Content -Raw | ConvertFrom-Json
        $context.url | Should -BeExactly nats://n1:4222
        (Import-NatsCredential $context.creds).Subject | Should -BeExactly $user.Subject
        Get-Content settings/nats/context.txt -Raw | Should -BeExactly O2_A_U
        'settings/nats/context/O2_A_U.json' | Should -Exist
    }

    It 'takes the seed for the credentials from a key source' {
        $pair = New-NatsKeyPair User
        Get-NatsAccount A | New-NatsUser Distant -Key $pair.PublicKey | Out-Null
        $env:NATSKEYS_TEST_SEED = $pair | Export-NatsKeyPair -AsPlainText
        try {
            Register-NatsKeySource NATSKEYS_TEST_SEED
            Export-NatsContext -User Distant -ExportCredential -CredentialPath distant.creds
        } finally {
            Unregister-NatsKeySource *
            $env:NATSKEYS_TEST_SEED = $null
        }
        (Import-NatsCredential distant.creds).Subject | Should -BeExactly $pair.PublicKey
    }
}

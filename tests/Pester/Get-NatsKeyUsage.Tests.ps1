Describe 'Get-NatsKeyUsage' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey
        $key | New-NatsUser U | Export-NatsCredential
        $role = Get-NatsAccount A | Add-NatsSigningKey -Role sensor -AllowPublish tele
        $role | New-NatsUser S | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives what a key signed, with its credentials' {
        $uses = $key | Get-NatsKeyUsage
        "$uses" | Should -Be 'signing key of account O2/A user O2/A/U'
        $uses[1].CredentialPath | Should -Exist
        $uses[1].Issuer | Should -Be $key.PublicKey
    }
}

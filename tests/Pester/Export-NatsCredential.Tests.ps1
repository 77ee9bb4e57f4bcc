Describe 'Export-NatsCredential' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'writes one file for each user of an account' {
        New-NatsUser V -Account A | Out-Null
        New-Item out -ItemType Directory | Out-Null
        Get-NatsUser -Account A | Export-NatsCredential ./out -PassThru | ForEach-Object Name | Should -Be 'U.creds', 'V.creds'
        (Get-ChildItem out).Count | Should -Be 2
    }

    It 'gives text that Set-Content writes' {
        Export-NatsCredential -User U -AsPlainText | Set-Content text.creds -NoNewline
        (Import-NatsCredential text.creds).Matches | Should -BeTrue
    }

    It 'gives a secure string that ConvertFrom-SecureString reads' {
        Export-NatsCredential -User U -AsSecureString | ConvertFrom-SecureString -AsPlainText | Should -Match 'BEGIN USER NKEY SEED'
    }
}

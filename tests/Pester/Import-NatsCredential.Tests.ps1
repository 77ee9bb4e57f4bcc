Describe 'Import-NatsCredential' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        Get-NatsUser U | Export-NatsCredential ./U.creds
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem *.creds | Import-NatsCredential).Name | Should -Be 'U'
    }

    It 'takes the file that Export-NatsCredential gives' {
        (Export-NatsCredential ./V.creds -User U -PassThru | Import-NatsCredential).Subject | Should -Be (Get-NatsUser U).Subject
    }

    It 'works from another location and a PSDrive' {
        New-PSDrive Creds FileSystem $PWD.Path | Out-Null
        try { (Import-NatsCredential Creds:/U.creds).Name | Should -Be 'U' } finally { Remove-PSDrive Creds }
    }
}

Describe 'Rename-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $user = $account | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'renames the user in the pipeline and signs it again' {
        $user | Rename-NatsUser -NewName Ann
        $changed = Get-NatsUser
        $changed.Name | Should -Be 'Ann'
        $changed.Subject | Should -Be $user.Subject
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
        ($changed.Jwt | ConvertFrom-NatsJwt).Name | Should -Be 'Ann'
    }

    It 'renames the credentials in the key root as well, by name' {
        Export-NatsCredential -User U
        Rename-NatsUser A/U Ann -PassThru | ForEach-Object Name | Should -Be 'Ann'
        Get-ChildItem keys -Recurse -Filter *.creds | ForEach-Object Name | Should -Be 'Ann.creds'
        (Get-ChildItem keys -Recurse -Filter *.creds | Import-NatsCredential).Token.Token | Should -Be (Get-NatsUser Ann).Jwt
    }
}

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

    It 'reports what is not there, a name that is taken and one that no file system takes' {
        $account | New-NatsUser V | Out-Null
        { Rename-NatsUser None Ann -ErrorAction Stop } | Should -Throw -ErrorId 'EntityNotFound,*'
        { Rename-NatsUser U v -ErrorAction Stop } | Should -Throw -ErrorId 'EntityExists,*'
        { Rename-NatsUser U 'a:b' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
        (Get-NatsUser).Name | Should -Be 'U', 'V'
    }

    It 'completes users' {
        Complete 'Rename-NatsUser ' | Should -Be 'A/U'
    }

    It 'changes nothing under -WhatIf' {
        $user | Rename-NatsUser -NewName Ann -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsUser).Jwt | Should -Be $user.Jwt
    }

    It 'signs nothing where the name is as asked for' {
        ($user | Rename-NatsUser -NewName U -PassThru).Jwt | Should -Be $user.Jwt
        (Get-NatsUser U).Jwt | Should -Be $user.Jwt
    }
}

Describe 'Rename-NatsOperator' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $operator | New-NatsAccount A | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'renames the operator in the pipeline and signs it again' {
        $operator | Rename-NatsOperator -NewName Main
        $changed = Get-NatsOperator
        $changed.Name | Should -Be 'Main'
        $changed.Subject | Should -Be $operator.Subject
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
        ($changed.Jwt | ConvertFrom-NatsJwt).Name | Should -Be 'Main'
    }

    It 'takes along what lies below, by name' {
        Rename-NatsOperator O2 Main -PassThru | ForEach-Object Name | Should -Be 'Main'
        (Get-NatsUser U -Account Main/A).State | Should -Be 'Signed'
        Get-NatsUser U -Account Main/A | Test-NatsJwt | Should -BeTrue
        "$env:NATSKEYS_STORE/O2" | Should -Not -Exist
    }

    It 'reports a name that is taken, or that no file system takes' {
        New-NatsOperator Other | Out-Null
        { Rename-NatsOperator O2 other -ErrorAction Stop } | Should -Throw -ErrorId 'EntityExists,*'
        { Rename-NatsOperator O2 'a/b' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
        (Get-NatsOperator).Name | Should -Be 'O2', 'Other'
    }

    It 'completes operators' {
        Complete 'Rename-NatsOperator ' | Should -Be 'O2'
    }

    It 'changes nothing under -WhatIf' {
        $operator | Rename-NatsOperator -NewName Main -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsOperator).Jwt | Should -Be $operator.Jwt
    }

    It 'signs nothing where the name is as asked for' {
        ($operator | Rename-NatsOperator -NewName O2 -PassThru).Jwt | Should -Be $operator.Jwt
        (Get-NatsOperator O2).Jwt | Should -Be $operator.Jwt
    }
}

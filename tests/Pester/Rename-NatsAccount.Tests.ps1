Describe 'Rename-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'renames the account in the pipeline and signs it again' {
        $account | Rename-NatsAccount -NewName Billing
        $changed = Get-NatsAccount
        $changed.Name | Should -Be 'Billing'
        $changed.Subject | Should -Be $account.Subject
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
        ($changed.Jwt | ConvertFrom-NatsJwt).Name | Should -Be 'Billing'
    }

    It 'takes along its users, by name' {
        $before = (Get-NatsUser U).Jwt
        Rename-NatsAccount A Billing -PassThru | ForEach-Object Name | Should -Be 'Billing'
        (Get-NatsUser U -Account Billing).Jwt | Should -Be $before
        Get-NatsUser U -Account Billing | Test-NatsJwt | Should -BeTrue
        "$env:NATSKEYS_STORE/O2/accounts/A" | Should -Not -Exist
    }

    It 'reports what is not there, or a name that is taken' {
        $operator | New-NatsAccount B | Out-Null
        { Rename-NatsAccount None Billing -ErrorAction Stop } | Should -Throw -ErrorId 'EntityNotFound,*'
        { Rename-NatsAccount A b -ErrorAction Stop } | Should -Throw -ErrorId 'EntityExists,*'
        (Get-NatsAccount).Name | Should -Be 'A', 'B'
    }

    It 'changes the case of a name alone' {
        $account | Rename-NatsAccount -NewName a
        (Get-NatsAccount).Name | Should -BeExactly 'a'
        Get-NatsAccount | Test-NatsJwt | Should -BeTrue
    }

    It 'completes accounts, with the operator where two have one name' {
        Complete 'Rename-NatsAccount ' | Should -Be 'A'
        New-NatsOperator Other | New-NatsAccount A | Out-Null
        Complete 'Rename-NatsAccount ' | Should -Be 'O2/A', 'Other/A'
    }

    It 'signs nothing under -WhatIf, or where the name is as asked for' {
        $account | Rename-NatsAccount -NewName Billing -PassThru -WhatIf | Should -BeNullOrEmpty
        ($account | Rename-NatsAccount -NewName A -PassThru).Jwt | Should -Be $account.Jwt
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }

    It 'takes the new name alone where the account comes down the pipeline' {
        $account | Rename-NatsAccount Billing
        Rename-NatsAccount Billing Sales
        (Get-NatsAccount).Name | Should -Be 'Sales'
    }

    It 'completes the account behind the name of the parameter' {
        Complete 'Rename-NatsAccount -NewName B -Account ' | Should -Be 'A'
    }
}

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
}

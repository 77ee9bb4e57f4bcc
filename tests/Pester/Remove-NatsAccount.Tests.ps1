Describe 'Remove-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes every account in the pipeline' {
        $operator | New-NatsAccount B | Out-Null
        $removal = Get-NatsAccount | Remove-NatsAccount -Confirm:$false -PassThru -WarningAction SilentlyContinue
        $removal.Path.Name | Should -Be 'A', 'B'
        Get-NatsAccount | Should -BeNullOrEmpty
        Get-NatsOperator | Test-NatsJwt | Should -BeTrue
    }

    It 'removes an account with its users only where that is asked for' {
        $account | New-NatsUser U | Out-Null
        { Remove-NatsAccount A -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'EntityInUse,*'
        (Get-NatsUser U).State | Should -Be 'Signed'
        Remove-NatsAccount A -Recurse -IncludeKeys -Confirm:$false -WarningAction SilentlyContinue
        Get-NatsUser | Should -BeNullOrEmpty
        (Get-NatsKeyPair).PublicKey | Should -Be $operator.Subject
    }

    It 'does not remove the system account' {
        $operator | Set-NatsOperator -SystemAccount A
        { $account | Remove-NatsAccount -Recurse -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'EntityInUse,*'
        (Get-NatsAccount A).Subject | Should -Be $account.Subject
    }

    It 'warns of the accounts that import from it' {
        $account | Add-NatsExport 'orders.>' Stream
        $operator | New-NatsAccount B | Add-NatsImport 'orders.>' -From A
        $account | Remove-NatsAccount -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Where-Object { $_ -match 'O2/B' } | Should -Match 'import'
    }

    It 'completes accounts of the operator' {
        New-NatsOperator Other | New-NatsAccount B | Out-Null
        Complete 'Remove-NatsAccount ' | Should -Be 'A', 'B'
        Complete 'Remove-NatsAccount -Operator Other -Account ' | Should -Be 'B'
    }

    It 'removes nothing under -WhatIf' {
        $account | Remove-NatsAccount -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }
}

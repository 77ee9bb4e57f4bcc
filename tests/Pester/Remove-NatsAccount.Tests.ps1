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
}

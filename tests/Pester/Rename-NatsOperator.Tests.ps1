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
}

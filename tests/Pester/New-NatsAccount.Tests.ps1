Describe 'New-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'makes many accounts in one pipeline' {
        'A', 'B', 'C' | ForEach-Object { $operator | New-NatsAccount $_ } | Measure-Object | Select-Object -ExpandProperty Count | Should -Be 3
    }
}

Describe 'Get-NatsOperator' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        'One', 'Two', 'Other' | ForEach-Object { New-NatsOperator $_ | Out-Null }
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives objects that sort, filter and group' {
        Get-NatsOperator | Where-Object Name -Like 'O*' | Sort-Object Name -Descending | ForEach-Object Name | Should -Be 'Other', 'One'
        (Get-NatsOperator | Group-Object State).Name | Should -Be 'Signed'
    }

    It 'stops when enough was given' {
        Get-NatsOperator | Select-Object -First 1 -ExpandProperty Name | Should -Be 'One'
    }
}

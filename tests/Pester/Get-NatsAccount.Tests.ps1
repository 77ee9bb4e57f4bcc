Describe 'Get-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $one = New-NatsOperator One
        $two = New-NatsOperator Two
        $one | New-NatsAccount A | Out-Null
        $two | New-NatsAccount A | Out-Null
        $two | New-NatsAccount Billing | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives the accounts of operators in the pipeline' {
        (Get-NatsOperator T* | Get-NatsAccount).Name | Should -Be 'A', 'Billing'
    }

    It 'exports to CSV' {
        Get-NatsAccount | Select-Object Operator, Name, Subject | Export-Csv accounts.csv
        (Import-Csv accounts.csv).Count | Should -Be 3
    }
}

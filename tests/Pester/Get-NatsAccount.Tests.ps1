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

    It 'completes names, with the operator where two have one name' {
        Complete 'Get-NatsAccount B' | Should -Be 'Billing'
        Complete 'Get-NatsAccount -Operator One -Name ' | Should -Be 'A'
    }

    It 'completes only what it takes itself' {
        foreach ($name in Complete 'Get-NatsAccount ') { Get-NatsAccount $name.Trim("'") -ErrorAction Stop | Should -Not -BeNullOrEmpty }
    }

    It 'becomes JSON as a whole' {
        $json = Get-NatsAccount Billing | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue -ErrorAction Stop
        $json | Should -Match (Get-NatsAccount Billing).Subject
        $json | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

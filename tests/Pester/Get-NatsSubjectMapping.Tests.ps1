Describe 'Get-NatsSubjectMapping' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | Add-NatsSubjectMapping orders orders.v1 -Weight 80
        $account | Add-NatsSubjectMapping orders orders.v2 -Weight 20
        $operator | New-NatsAccount B | Add-NatsSubjectMapping 'prices.*' 'rates.$1' -Cluster east
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives each target of all accounts, and of those in the pipeline' {
        Get-NatsSubjectMapping | ForEach-Object { "$($_.Account) $($_.Subject) $($_.To) $($_.Weight)" } |
            Should -Be 'A orders orders.v1 80', 'A orders orders.v2 20', 'B prices.* rates.$1 100'
        (Get-NatsAccount B | Get-NatsSubjectMapping).Cluster | Should -Be 'east'
    }

    It 'exports to CSV' {
        Get-NatsSubjectMapping | Select-Object Account, Subject, To, Weight | Export-Csv mappings.csv
        (Import-Csv mappings.csv).To | Should -Be 'orders.v1', 'orders.v2', 'rates.$1'
    }
}

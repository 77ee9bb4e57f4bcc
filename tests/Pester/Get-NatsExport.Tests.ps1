Describe 'Get-NatsExport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | Add-NatsExport 'orders.*' Stream -Private
        $account | Add-NatsExport orders.new Service -Name New
        $operator | New-NatsAccount B | Add-NatsExport 'prices.>' Stream
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives what all accounts export, and those in the pipeline' {
        Get-NatsExport | ForEach-Object { "$($_.Account) $($_.Type) $($_.Subject)" } |
            Should -Be 'A stream orders.*', 'A service orders.new', 'B stream prices.>'
        (Get-NatsAccount B | Get-NatsExport).Subject | Should -Be 'prices.>'
    }

    It 'takes a wildcard, which matches itself as well, and a type' {
        (Get-NatsExport 'o*').Subject | Should -Be 'orders.*', 'orders.new'
        (Get-NatsExport 'orders.*' -Type Stream).IsPrivate | Should -BeTrue
        (Get-NatsExport -Account A -Type Service).Name | Should -Be 'New'
        Get-NatsExport none | Should -BeNullOrEmpty
    }

    It 'stops when enough was given' {
        Get-NatsExport | Select-Object -First 1 -ExpandProperty Subject | Should -Be 'orders.*'
    }
}

Describe 'Get-NatsImport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $exporter = $operator | New-NatsAccount A
        $exporter | Add-NatsExport 'orders.*' Stream -Private
        $exporter | Add-NatsExport orders.new Service
        $importer = $operator | New-NatsAccount B
        $importer | Add-NatsImport 'orders.*' -From A -LocalSubject 'bought.$1'
        $importer | Add-NatsImport orders.new -From A -Type Service
        $operator | New-NatsAccount C | Add-NatsImport 'orders.*' -From A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives what all accounts import, and those in the pipeline' {
        Get-NatsImport | ForEach-Object { "$($_.Account) $($_.Type) $($_.Subject)" } |
            Should -Be 'B stream orders.*', 'B service orders.new', 'C stream orders.*'
        (Get-NatsAccount C | Get-NatsImport).Exporter | Should -Be $exporter.Subject
    }

    It 'takes a wildcard, which matches itself as well, and a type' {
        (Get-NatsImport 'orders.*' -Account B -Type Stream).LocalSubject | Should -Be 'bought.$1'
        (Get-NatsImport '*new').Type | Should -Be 'service'
        Get-NatsImport none | Should -BeNullOrEmpty
    }

    It 'gives the activation of a private one' {
        (Get-NatsImport -Account C).Activation.Subject | Should -Be (Get-NatsAccount C).Subject
        (Get-NatsImport -Account B -Type Service).Activation | Should -BeNullOrEmpty
    }
}

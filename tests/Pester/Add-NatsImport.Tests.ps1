Describe 'Add-NatsImport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $exporter = $operator | New-NatsAccount A
        $importer = $operator | New-NatsAccount B
        $exporter | Add-NatsExport 'orders.>' Stream -Name Orders
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'imports every export in the pipeline' {
        $exporter | Add-NatsExport orders.new Service
        Get-NatsExport -Account A | Add-NatsImport -Account B
        $changed = Get-NatsAccount B
        $changed.Imports | ForEach-Object { "$($_.Type) $($_.Subject) $($_.Name)" } | Should -Be 'stream orders.> Orders', 'service orders.new '
        $changed.Imports.From | Should -Be A, A
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'imports a part of an export by its subject, under another one' {
        (Add-NatsImport 'orders.*' -Account B -From A -LocalSubject 'bought.$1' -PassThru).Imports.Type | Should -Be 'stream'
        (Get-NatsImport).LocalSubject | Should -Be 'bought.$1'
        Get-NatsAccount B | Test-NatsJwt | Should -BeTrue
    }

    It 'makes the activation that a private export wants' {
        $exporter | Add-NatsExport 'prices.>' Stream -Private
        $importer | Add-NatsImport prices.gold -From A
        (Get-NatsImport).Activation.Subject | Should -Be $importer.Subject
        (Get-NatsImport).Activation.Issuer | Should -Be $exporter.Subject
        Get-NatsAccount B | Test-NatsJwt | Should -BeTrue
    }
}

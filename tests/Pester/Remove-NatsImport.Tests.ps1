Describe 'Remove-NatsImport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $exporter = $operator | New-NatsAccount A
        $exporter | Add-NatsExport 'orders.>' Stream
        $importer = $operator | New-NatsAccount B
        $importer | Add-NatsImport orders.new -From A
        $importer | Add-NatsImport orders.old -From A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes what Get-NatsImport gives' {
        Get-NatsImport orders.new | Remove-NatsImport
        (Get-NatsImport).Subject | Should -Be 'orders.old'
        (Get-NatsAccount B).State | Should -Be 'Signed'
        Get-NatsAccount B | Test-NatsJwt | Should -BeTrue
        Get-NatsImport | Remove-NatsImport
        Get-NatsImport | Should -BeNullOrEmpty
    }

    It 'removes the one in the pipeline of two that have one subject' {
        $exporter | Add-NatsExport 'prices.>' Service
        $importer | Add-NatsImport prices.gold -From A
        $importer | Add-NatsImport prices.gold -From A -LocalSubject other
        { Remove-NatsImport prices.gold -Account B -ErrorAction Stop } | Should -Throw -ErrorId 'EntityAmbiguous,*'
        Get-NatsImport | Where-Object LocalSubject -EQ other | Remove-NatsImport
        (Get-NatsImport).Subject | Should -Be 'orders.new', 'orders.old', 'prices.gold'
    }
}

Describe 'Remove-NatsExport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
        $account | Add-NatsExport 'orders.>' Stream
        $account | Add-NatsExport orders.new Service
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes what Get-NatsExport gives' {
        Get-NatsExport -Type Stream | Remove-NatsExport
        (Get-NatsExport).Subject | Should -Be 'orders.new'
        (Get-NatsAccount A).State | Should -Be 'Signed'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
        Get-NatsExport | Remove-NatsExport
        Get-NatsExport | Should -BeNullOrEmpty
    }

    It 'removes an export by its subject, and by its type where both have it' {
        (Remove-NatsExport orders.new -Account A -PassThru).Exports.Subject | Should -Be 'orders.>'
        $account | Add-NatsExport 'orders.>' Service
        { Remove-NatsExport 'orders.>' -Account A -ErrorAction Stop } | Should -Throw -ErrorId 'EntityAmbiguous,*'
        $account | Remove-NatsExport 'orders.>' -Type Stream
        (Get-NatsExport).Type | Should -Be 'service'
    }
}

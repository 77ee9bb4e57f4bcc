Describe 'Add-NatsSubjectMapping' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'maps a subject of every account in the pipeline' {
        $operator | New-NatsAccount B | Out-Null
        Get-NatsAccount | Add-NatsSubjectMapping 'orders.*' 'bought.$1'
        foreach ($changed in Get-NatsAccount A, B -ErrorAction Stop) {
            $changed.SubjectMappings | ForEach-Object { "$($_.Subject) $($_.To) $($_.Weight)" } | Should -Be 'orders.* bought.$1 100'
            $changed.State | Should -Be 'Signed'
            $changed | Test-NatsJwt | Should -BeTrue
        }
    }

    It 'shares messages among targets, and changes the share of one that is there, by name' {
        Add-NatsSubjectMapping orders orders.v1 -Weight 80 -Account A
        Add-NatsSubjectMapping orders orders.v2 -Weight 20 -Account A
        Add-NatsSubjectMapping orders orders.v1 -Weight 50 -Account A -PassThru | Test-NatsJwt | Should -BeTrue
        Get-NatsSubjectMapping | ForEach-Object { "$($_.To) $($_.Weight)" } | Should -Be 'orders.v1 50', 'orders.v2 20'
    }

    It 'counts the shares of a cluster on their own' {
        $account | Add-NatsSubjectMapping orders orders.v1
        $account | Add-NatsSubjectMapping orders orders.v2 -Cluster east
        Get-NatsSubjectMapping | ForEach-Object { "$($_.To) $($_.Weight) $($_.Cluster)" } | Should -Be 'orders.v1 100 ', 'orders.v2 100 east'
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }
}

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
        foreach ($changed in Get-NatsAccount A, B) {
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

    It 'reports shares of more than all, and changes nothing' {
        $before = ($account | Add-NatsSubjectMapping orders orders.v1 -Weight 80 -PassThru).Jwt
        { $account | Add-NatsSubjectMapping orders orders.v2 -Weight 30 -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        { $account | Add-NatsSubjectMapping 'a..b' orders.v2 -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        (Get-NatsAccount A).Jwt | Should -Be $before
    }

    It 'completes subjects that are mapped already' {
        $account | Add-NatsSubjectMapping 'orders.*' 'bought.$1'
        Complete 'Add-NatsSubjectMapping -Account A -Subject ' | Should -Be "'orders.*'"
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $account | Add-NatsSubjectMapping orders orders.v1 -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
        $changed = $account | Add-NatsSubjectMapping orders orders.v1 -PassThru
        ($changed | Add-NatsSubjectMapping orders orders.v1 -Weight 100 -PassThru).Jwt | Should -Be $changed.Jwt
    }
}

Describe 'Add-NatsExport' {
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

    It 'lets every account in the pipeline export' {
        $operator | New-NatsAccount B | Out-Null
        Get-NatsAccount | Add-NatsExport 'orders.>' Stream -Private -Name Orders
        foreach ($changed in Get-NatsAccount A, B) {
            $changed.Exports | ForEach-Object { "$($_.Type) $($_.Subject) $($_.Name) $($_.IsPrivate)" } | Should -Be 'stream orders.> Orders True'
            $changed.State | Should -Be 'Signed'
            $changed | Test-NatsJwt | Should -BeTrue
        }
    }

    It 'exports a service with what only services have, by name' {
        Add-NatsExport orders.new Service -Account A -ResponseType Chunked -ResponseThreshold 0:0:5 -LatencySubject lag -LatencySampling 25
        $export = (Get-NatsExport).Claims
        $export.ResponseType, $export.ResponseThreshold | Should -Be 'Chunked', 5000000000
        $export.ServiceLatency.Results, $export.ServiceLatency.Sampling | Should -Be 'lag', 25
        Get-NatsAccount A | Test-NatsJwt | Should -BeTrue
    }

    It 'reports an export that is there already, and changes nothing' {
        $before = ($account | Add-NatsExport 'orders.>' Stream -PassThru).Jwt
        { $account | Add-NatsExport 'orders.>' Stream -Private -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimExists,*'
        (Get-NatsAccount A).Jwt | Should -Be $before
        $account | Add-NatsExport 'orders.>' Service
        (Get-NatsExport).Type | Should -Be 'stream', 'service'
    }

    It 'reports what breaks a rule, and a share that is none' {
        { $account | Add-NatsExport 'a..b' Stream -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        { $account | Add-NatsExport a Stream -ResponseType Stream -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        { $account | Add-NatsExport a Service -LatencySubject lag -LatencySampling 101 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidLimit,*'
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }

    It 'completes type and account' {
        Complete 'Add-NatsExport orders.new ' | Should -Be 'Service', 'Stream'
        Complete 'Add-NatsExport orders.new Stream -Account ' | Should -Be 'A'
    }

    It 'adds nothing under -WhatIf' {
        $account | Add-NatsExport 'orders.>' Stream -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
    }
}

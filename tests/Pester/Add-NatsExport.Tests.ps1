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
        foreach ($changed in Get-NatsAccount A, B -ErrorAction Stop) {
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
}

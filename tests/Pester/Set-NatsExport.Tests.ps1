Describe 'Set-NatsExport' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $account | Add-NatsExport 'orders.>' Stream
        $account | Add-NatsExport orders.new Service -Name New
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes every export in the pipeline and signs the account again' {
        Get-NatsExport | Set-NatsExport -Private -Description ours
        $changed = Get-NatsAccount A
        $changed.Exports.IsPrivate | Should -Be $true, $true
        $changed.Exports.Claims.Description | Should -Be 'ours', 'ours'
        $changed.Exports.Name | Should -Be $null, 'New'
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'changes an export by its subject, and takes back what was set' {
        Set-NatsExport orders.new -Account A -Private -LatencySubject lag -LatencySampling Headers
        (Get-NatsExport orders.new).Claims.ServiceLatency.Sampling | Should -Be 0
        (Set-NatsExport orders.new -Account A -Private:$false -LatencySubject '' -Name '' -PassThru).Name | Should -Be 'A'
        $changed = Get-NatsExport orders.new
        $changed.IsPrivate | Should -BeFalse
        $changed.Claims.ServiceLatency | Should -BeNullOrEmpty
        $changed.Name | Should -BeNullOrEmpty
    }
}

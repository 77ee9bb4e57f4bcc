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

    It 'wants the type where stream and service have one subject' {
        'Stream', 'Service' | ForEach-Object { $account | Add-NatsExport prices $_ }
        { Set-NatsExport prices -Account A -Private -ErrorAction Stop } | Should -Throw -ErrorId 'EntityAmbiguous,*'
        Set-NatsExport prices -Account A -Type Service -Private
        Get-NatsExport | Where-Object IsPrivate | ForEach-Object { "$($_.Type) $_" } | Should -Be 'service prices'
    }

    It 'reports what is not there, what breaks a rule, and a share that is none' {
        { Set-NatsExport none -Account A -Private -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimNotFound,*'
        { Set-NatsExport 'orders.>' -Account A -ResponseType Stream -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        { Set-NatsExport orders.new -Account A -LatencySubject lag -LatencySampling 0 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidLimit,*'
    }

    It 'completes subjects of the account' {
        Complete 'Set-NatsExport -Account A -Subject ' | Should -Be "'orders.>'", 'orders.new'
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $before = (Get-NatsAccount A).Jwt
        Get-NatsExport orders.new | Set-NatsExport -Private -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsExport orders.new | Set-NatsExport -Private:$false -Name New -PassThru).Jwt | Should -Be $before
        (Get-NatsAccount A).Jwt | Should -Be $before
    }
}

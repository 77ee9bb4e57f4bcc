Describe 'Set-NatsOperator' {
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

    It 'changes the operator in the pipeline and signs it again' {
        $operator | Set-NatsOperator -ServiceUrl nats://one:4222, tls://two:4222 -AddTag Production
        $changed = Get-NatsOperator O2
        $changed.ServiceUrls | Should -Be 'nats://one:4222', 'tls://two:4222'
        $changed.Tags | Should -Be 'production'
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'names the system account, and none for an empty text' {
        (Set-NatsOperator O2 -SystemAccount A -PassThru).SystemAccount | Should -Be $account.Subject
        Set-NatsOperator O2 -SystemAccount ''
        (Get-NatsOperator O2).SystemAccount | Should -BeNullOrEmpty
    }

    It 'requires signing keys only where there is one, and warns of what identity keys had signed' {
        { $operator | Set-NatsOperator -RequireSigningKeys -ErrorAction Stop } | Should -Throw -ErrorId 'LastSigningKey,*'
        (Get-NatsOperator O2).RequireSigningKeys | Should -BeFalse
        $operator | Add-NatsSigningKey | Out-Null
        $operator | Set-NatsOperator -RequireSigningKeys -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'O2/A'
        (Get-NatsAccount A).State | Should -Be 'Untrusted'
    }

    It 'completes operator and system account' {
        Complete 'Set-NatsOperator ' | Should -Be 'O2'
        Complete 'Set-NatsOperator O2 -SystemAccount ' | Should -Be 'A'
    }

    It 'signs nothing where all is as asked for' {
        $changed = $operator | Set-NatsOperator -AddTag production -Expires 2099-01-31 -PassThru
        ($changed | Set-NatsOperator -AddTag Production -Expires 2099-01-31 -RemoveTag none -PassThru).Jwt | Should -Be $changed.Jwt
        (Get-NatsOperator O2).Jwt | Should -Be $changed.Jwt
    }

    It 'changes nothing under -WhatIf' {
        $operator | Set-NatsOperator -SystemAccount A -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsOperator O2).Jwt | Should -Be $operator.Jwt
    }
}

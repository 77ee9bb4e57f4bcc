Describe 'Test-NatsConnection' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2 -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1
        $account = $operator | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'is false where no server can be reached, and tells why on demand' {
        $user = $account | New-NatsUser U
        $user | Test-NatsConnection | Should -BeFalse
        $report = $user | Test-NatsConnection -Detailed
        $report.Succeeded | Should -BeFalse
        $report.Reason | Should -Match '127\.0\.0\.1:1'
    }

    It 'takes credentials from files, and users by their names' {
        $account | New-NatsUser U | Export-NatsCredential ./U.creds
        (Get-Item ./U.creds | Test-NatsConnection -Detailed).User | Should -Be 'U'
        (Test-NatsConnection ./U.creds -Detailed).Address | Should -Be 'nats://127.0.0.1:1'
        (Test-NatsConnection A/U -Detailed).User | Should -Be 'U'
    }

    It 'refuses what is no credentials file' {
        'nothing' | Set-Content ./x.creds
        { Test-NatsConnection ./x.creds -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidCredential,*'
    }
}

Describe 'Get-NatsConnection' {
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

    It 'says that no server can be reached' {
        { Get-NatsConnection -Account A } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'names a role that no account has, before any server is asked' {
        { Get-NatsConnection -Role sensor -ErrorAction Stop } | Should -Throw -ErrorId 'KeyNotFound,*'
    }

    It 'needs a system account' {
        New-NatsOperator Bare -ServiceUrl nats://127.0.0.1:1 | Out-Null
        { Get-NatsConnection -Operator Bare } | Should -Throw -ErrorId 'NoSystemAccount,*'
    }
}

Describe 'Watch-NatsConnection' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1 | New-NatsAccount A | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'says that no server can be reached' {
        { Watch-NatsConnection A -For 1s } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'takes a time that is one' {
        { Watch-NatsConnection A -For soon -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidTime,*'
    }
}

Describe 'Measure-NatsPermission' {
    BeforeDiscovery {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $server = Get-TestServer -Newest
    }

    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1 | New-NatsAccount A
        $null = $account | Add-NatsSigningKey -Role sensor -AllowSubscribe 'tele.>'
    }

    AfterEach {
        Exit-TestFolder
    }

    AfterAll {
        Stop-TestServer
        Remove-Module TestServer
    }

    It 'says that no server can be reached' {
        { Measure-NatsPermission A -For 1s } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'says which role or time it does not know' {
        { Measure-NatsPermission A -Role nobody -For 1s -ErrorAction Stop } | Should -Throw -ErrorId 'KeyNotFound,*'
        { Measure-NatsPermission A -For soon -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidTime,*'
    }

    It 'takes nothing from a role that nobody uses, and says why, with server <ServerVersion>' -ForEach $server -Skip:$server.SkipServer {
        Set-NatsOperator O2 -ServiceUrl (Start-TestServer (Get-NatsOperator O2) "$PWD/server" $ServerPath)
        $use = Measure-NatsPermission A -Role sensor -For 1s
        $use.Unused | Should -Be 'tele.>'
        $use.Proposed | Should -BeNullOrEmpty
        $use.Unseen | Should -Contain 'Everything: nobody was connected.'
        { Get-NatsSigningKey -Account A -Role sensor | Set-NatsSigningKey -Permission $use.Proposed } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'Disconnect-NatsClient' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1 | Out-Null
        $server = [NatsKeys.Inspection.ServerInformation]::new('S0', 'NID', '2.15.1')
        $connection = [NatsKeys.Inspection.LiveConnection]::new($server, 7)
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'asks nobody under -WhatIf' {
        # To ask the server that nobody reaches would be an error.
        $connection | Disconnect-NatsClient -WhatIf -Operator O2 -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says that no server can be reached' {
        { $connection | Disconnect-NatsClient -Operator O2 -Confirm:$false } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }
}

Describe 'Publish-NatsAccount' {
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

    It 'refuses what servers would not work with, and asks none' {
        $operator | New-NatsAccount L -NotBefore 2099-01-01 | Out-Null
        { Publish-NatsAccount L -ErrorAction Stop } | Should -Throw -ErrorId 'CannotPublish,*'
    }

    It 'says that no server can be reached' {
        { $account | Publish-NatsAccount } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'needs an address' {
        Set-NatsOperator O2 -ServiceUrl @()
        { Publish-NatsAccount A } | Should -Throw -ErrorId 'InvalidServer,*'
        { Publish-NatsAccount A -Server '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'asks nobody under -WhatIf' {
        # To ask the server that nobody reaches would be an error.
        Get-NatsAccount | Publish-NatsAccount -WhatIf -ErrorAction Stop -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }
}

Describe 'Receive-NatsAccount' {
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
        { Receive-NatsAccount } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'takes public keys of accounts alone' {
        { Receive-NatsAccount -PublicKey $operator.Subject -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidPublicKey,*'
    }

    It 'needs credentials to take an operator from servers' {
        $empty = New-NatsStore -InMemory
        { Receive-NatsAccount -All -Store $empty -Server nats://127.0.0.1:1 -ErrorAction Stop } | Should -Throw -ErrorId 'NoSystemAccount,*'
        { Receive-NatsAccount -All -OperatorKey $account.Subject -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidPublicKey,*'
    }

    It 'asks nobody under -WhatIf' {
        # To ask the server that nobody reaches would be an error.
        Receive-NatsAccount -All -WhatIf -ErrorAction Stop -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }
}

Describe 'Unpublish-NatsAccount' {
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

    It 'keeps the system account' {
        { Unpublish-NatsAccount SYS -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'EntityInUse,*'
    }

    It 'says that no server can be reached' {
        { $account | Unpublish-NatsAccount -Confirm:$false } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'takes accounts of the store by their keys' {
        { $account.Subject | Unpublish-NatsAccount -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'EntityNotFound,*'
        { Unpublish-NatsAccount -PublicKey $account.Subject -Confirm:$false } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'asks nobody under -WhatIf' {
        # To ask the server that nobody reaches would be an error.
        $account | Unpublish-NatsAccount -WhatIf -ErrorAction Stop -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }
}

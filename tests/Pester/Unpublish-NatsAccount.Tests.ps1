Describe 'Unpublish-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS
    }

    BeforeEach {
        # A folder of its own for each test: what one leaves behind, no other sees.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        Push-Location $folder
        $env:NATSKEYS_STORE = Join-Path $folder store
        $env:NATSKEYS_KEYS = Join-Path $folder keys
        $operator = New-NatsOperator O2 -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1
        $account = $operator | New-NatsAccount A
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
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

    It 'completes accounts' {
        Complete 'Unpublish-NatsAccount ' | Should -Be 'A', 'SYS'
    }

    It 'asks nobody under -WhatIf' {
        $account | Unpublish-NatsAccount -WhatIf
    }
}

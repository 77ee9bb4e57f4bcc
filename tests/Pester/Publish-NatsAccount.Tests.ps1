Describe 'Publish-NatsAccount' {
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

    It 'completes accounts' {
        Complete 'Publish-NatsAccount ' | Should -Be 'A', 'SYS'
    }

    It 'asks nobody under -WhatIf' {
        Get-NatsAccount | Publish-NatsAccount -WhatIf
    }
}

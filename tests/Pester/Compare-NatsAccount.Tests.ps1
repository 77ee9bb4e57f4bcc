Describe 'Compare-NatsAccount' {
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

    It 'says that no server can be reached' {
        { $account | Compare-NatsAccount } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'compares nothing where nothing comes down the pipeline' {
        @() | Compare-NatsAccount | Should -BeNullOrEmpty
    }

    It 'goes on after an account that is not there' {
        { 'nobody', 'A' | Compare-NatsAccount -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ServerUnreachable,*'
        $Error.FullyQualifiedErrorId | Should -Contain 'EntityNotFound,NatsKeys.Commands.CompareNatsAccountCommand'
    }

    It 'completes accounts' {
        Complete 'Compare-NatsAccount ' | Should -Be 'A', 'SYS'
    }
}

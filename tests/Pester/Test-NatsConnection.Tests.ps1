Describe 'Test-NatsConnection' {
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

    It 'tells that no server can be reached' {
        $report = $account | New-NatsUser U | Test-NatsConnection
        $report.Succeeded | Should -BeFalse
        $report.Reason | Should -Match '127\.0\.0\.1:1'
    }

    It 'takes credentials from files' {
        $account | New-NatsUser U | Export-NatsCredential ./U.creds
        (Get-Item ./U.creds | Test-NatsConnection).User | Should -Be 'U'
        (Test-NatsConnection ./U.creds).Address | Should -Be 'nats://127.0.0.1:1'
    }

    It 'refuses what is no credentials file' {
        'nothing' | Set-Content ./x.creds
        { Test-NatsConnection ./x.creds -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidCredential,*'
    }
}

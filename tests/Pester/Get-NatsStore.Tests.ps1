Describe 'Get-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'opens folders from Get-ChildItem' {
        'a', 'b' | ForEach-Object { New-NatsStore $_ | Out-Null }
        (Get-ChildItem -Directory | Get-NatsStore).Location | Should -Be (Get-ChildItem -Directory).FullName
    }

    It 'takes a store that moved together with its keys' {
        $keep = $env:NATSKEYS_KEYS
        $env:NATSKEYS_KEYS = ''
        New-Item work -ItemType Directory | Out-Null
        $made = New-NatsStore work/store -KeyPath work/keys
        New-NatsOperator O2 -Store $made | Out-Null
        Move-Item work moved
        (Get-NatsKeyPair -Store moved/store).PublicKey | Should -Be (Get-NatsOperator -Store moved/store).Subject
        $env:NATSKEYS_KEYS = $keep
    }
}

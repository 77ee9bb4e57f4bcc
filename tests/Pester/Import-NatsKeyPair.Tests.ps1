Describe 'Import-NatsKeyPair' {
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
        1..3 | ForEach-Object { New-NatsKeyPair User | Export-NatsKeyPair "./key$_.nk" }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'takes files from Get-ChildItem' {
        Get-ChildItem *.nk | Import-NatsKeyPair | Measure-Object | Select-Object -ExpandProperty Count | Should -Be 3
    }

    It 'takes a name with brackets from Get-ChildItem' {
        Rename-Item key1.nk 'key[1].nk'
        Get-ChildItem -LiteralPath 'key[1].nk' | Import-NatsKeyPair | Should -Not -BeNullOrEmpty
    }

    It 'takes a seed that was read as a secure string' {
        $secret = Get-Content key2.nk | ConvertTo-SecureString -AsPlainText -Force
        (Import-NatsKeyPair -Seed $secret).PublicKey | Should -Be (Import-NatsKeyPair key2.nk).PublicKey
    }

    It 'keeps keys in a store' {
        $store = New-NatsStore ./mine -KeyPath ./secret
        Get-ChildItem key*.nk | Import-NatsKeyPair -Store $store | Out-Null
        (Get-NatsKeyPair -Store $store).Count | Should -Be 3
    }

    It 'names the file that is wrong and goes on' {
        'nothing' | Set-Content key2.nk
        $found = Get-ChildItem *.nk | Import-NatsKeyPair -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Count | Should -Be 2
        $failed[0].Exception.Message | Should -Match 'key2\.nk'
    }
}

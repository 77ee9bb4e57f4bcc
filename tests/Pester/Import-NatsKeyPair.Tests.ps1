Describe 'Import-NatsKeyPair' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        1..3 | ForEach-Object { New-NatsKeyPair User | Export-NatsKeyPair "./key$_.nk" }
    }

    AfterEach {
        Exit-TestFolder
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

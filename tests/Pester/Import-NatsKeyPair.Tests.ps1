Describe 'Import-NatsKeyPair' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $keys = 1..3 | ForEach-Object { New-NatsKeyPair User }
        1..3 | ForEach-Object { $keys[$_ - 1] | Export-NatsKeyPair "./key$_.nk" }
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem *.nk | Import-NatsKeyPair -ErrorAction Stop).PublicKey | Should -Be $keys.PublicKey
    }

    It 'takes a name with brackets from Get-ChildItem' {
        Rename-Item key1.nk 'key[1].nk'
        Get-ChildItem -LiteralPath 'key[1].nk' | Import-NatsKeyPair | ForEach-Object PublicKey | Should -Be $keys[0].PublicKey
    }

    It 'takes a seed that was read as a secure string' {
        $secret = Get-Content key2.nk | ConvertTo-SecureString -AsPlainText -Force
        (Import-NatsKeyPair -Seed $secret).PublicKey | Should -Be (Import-NatsKeyPair key2.nk).PublicKey
    }

    It 'keeps keys in a store' {
        $store = New-NatsStore ./mine -KeyPath ./secret
        Get-ChildItem key*.nk | Import-NatsKeyPair -Store $store | Out-Null
        (Get-NatsKeyPair -Store $store).PublicKey | Sort-Object | Should -Be ($keys.PublicKey | Sort-Object)
    }
}

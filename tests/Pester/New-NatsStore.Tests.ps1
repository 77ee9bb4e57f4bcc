Describe 'New-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'makes a folder that belongs into Git and has no secret' {
        $store = New-NatsStore ./mine -KeyPath ./secret
        Get-ChildItem ./mine | ForEach-Object Name | Should -Be 'natskeys.yaml'
        $store.Location | Should -Be (Get-Item ./mine).FullName
    }

    It 'holds the walkthrough' {
        New-NatsStore ./mine | Out-Null
        New-NatsOperator O2 -Store ./mine | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        Get-ChildItem ./mine -Recurse -File | ForEach-Object Name | Sort-Object | Should -Be 'account.yaml', 'natskeys.yaml', 'operator.yaml', 'U.yaml'
        Get-ChildItem ./mine -Recurse -File | Get-Content -Raw | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }

    It 'works on a PSDrive' {
        New-PSDrive Stores FileSystem $PWD.Path | Out-Null
        try { (New-NatsStore Stores:/mine).Location | Should -Be (Join-Path $PWD mine) } finally { Remove-PSDrive Stores }
    }

    It 'is in memory with -InMemory' {
        $store = New-NatsStore -InMemory
        New-NatsOperator O2 -Store $store | Out-Null
        (Get-NatsOperator -Store $store).Name | Should -Be 'O2'
        Get-ChildItem -Recurse -Force | Should -BeNullOrEmpty
    }

    It 'makes nothing under -WhatIf' {
        New-NatsStore ./mine -WhatIf
        './mine' | Should -Not -Exist
    }

    It 'protects the keys of a new store with a passphrase' {
        $passphrase = ConvertTo-Passphrase 'correct horse'
        $store = New-NatsStore ./mine -KeyPath ./secret -ProtectKeys -Passphrase $passphrase
        New-NatsOperator O2 -Store $store | Out-Null
        $store.Keys.Protection | Should -Be 'Unlocked'
        Get-ChildItem ./secret -Recurse -File -Force | Get-Content -Raw | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

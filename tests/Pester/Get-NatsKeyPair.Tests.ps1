Describe 'Get-NatsKeyPair' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives what is in the key root' {
        (Get-NatsKeyPair | Group-Object Type | Sort-Object Name).Name | Should -Be 'Account', 'Operator', 'User'
        Get-NatsKeyPair -Type User | ForEach-Object PublicKey | Should -Be (Get-NatsUser U).Subject
    }

    It 'tells what each key is used for' {
        (Get-NatsKeyPair (Get-NatsUser U).Subject).UsedFor | Should -Be 'identity of user O2/A/U'
        (Get-NatsKeyPair | Where-Object UsedFor -Like 'signing key of *').Count | Should -Be 2
    }

    It 'completes public keys' {
        Complete 'Get-NatsKeyPair U' | Should -Be (Get-NatsUser U).Subject
    }

    It 'takes public keys from other objects' {
        Get-NatsUser | ForEach-Object Subject | Get-NatsKeyPair | ForEach-Object HasSeed | Should -BeTrue
    }

    It 'pipes into Export-NatsKeyPair' {
        New-Item backup -ItemType Directory | Out-Null
        Get-NatsKeyPair | Export-NatsKeyPair ./backup
        (Get-ChildItem backup).Count | Should -Be 5
    }

    It 'takes signing keys, entities and stores from the pipeline, and looks in no other key root' {
        $store = New-NatsStore -InMemory
        $account = New-NatsOperator Elsewhere -Store $store | New-NatsAccount A
        $key = $account | Add-NatsSigningKey
        ($account | Get-NatsSigningKey | Get-NatsKeyPair).PublicKey | Should -Be $key.PublicKey
        ($account | Get-NatsKeyPair).PublicKey | Should -Be $account.Subject, $key.PublicKey
        @($store | Get-NatsKeyPair).Count | Should -Be 3
    }
}

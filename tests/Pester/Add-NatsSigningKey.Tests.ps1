Describe 'Add-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'adds a key to every account in the pipeline' {
        New-NatsAccount B -Operator O2 | Out-Null
        Get-NatsAccount | Add-NatsSigningKey | ForEach-Object OwnerName | Should -Be 'A', 'B'
        Get-NatsAccount | ForEach-Object { $_.SigningKeys.Count } | Should -Be 1, 1
    }

    It 'records only the public half of a key that the user keeps' {
        $pair = New-NatsKeyPair Account
        $account | Add-NatsSigningKey $pair.PublicKey | Out-Null
        Get-NatsKeyPair | ForEach-Object PublicKey | Should -Not -Contain $pair.PublicKey
    }

    It 'takes the file of an exported key' {
        $pair = New-NatsKeyPair Account
        $file = $pair | Export-NatsKeyPair ./mine.nk -PassThru
        ($account | Add-NatsSigningKey $file.FullName).PublicKey | Should -Be $pair.PublicKey
    }

    It 'asks under -Confirm:$false nothing and changes nothing under -WhatIf' {
        $before = Get-FileHash $env:NATSKEYS_STORE/O2/accounts/A/account.yaml
        $account | Add-NatsSigningKey -WhatIf | Should -BeNullOrEmpty
        (Get-FileHash $env:NATSKEYS_STORE/O2/accounts/A/account.yaml).Hash | Should -Be $before.Hash
        $account | Add-NatsSigningKey -Confirm:$false | Should -Not -BeNullOrEmpty
    }
}

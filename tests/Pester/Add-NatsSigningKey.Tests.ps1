Describe 'Add-NatsSigningKey' {
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
        $account = New-NatsOperator O2 | New-NatsAccount A
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
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

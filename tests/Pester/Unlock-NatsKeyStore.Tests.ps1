Describe 'Unlock-NatsKeyStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
        $previous = $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS, $env:NATSKEYS_PASSPHRASE
        $passphrase = ConvertTo-SecureString 'correct horse' -AsPlainText -Force
        $other = ConvertTo-SecureString 'battery staple' -AsPlainText -Force
    }

    BeforeEach {
        # A folder of its own for each test: what one leaves behind, no other sees.
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-Item $folder -ItemType Directory | Out-Null
        Push-Location $folder
        $env:NATSKEYS_STORE = Join-Path $folder store
        $env:NATSKEYS_KEYS = Join-Path $folder keys
        $env:NATSKEYS_PASSPHRASE = ''
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
        Protect-NatsKeyStore -Passphrase $passphrase
        (Get-NatsStore).Keys.Lock()
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS, $env:NATSKEYS_PASSPHRASE = $previous
    }

    It 'lets the session sign' {
        { New-NatsAccount B -ErrorAction Stop } | Should -Throw -ErrorId 'KeyStoreLocked,*'
        Get-NatsStore | Unlock-NatsKeyStore -Passphrase $passphrase
        (New-NatsAccount B).State | Should -Be 'Signed'
    }

    It 'takes the passphrase of the environment' {
        $env:NATSKEYS_PASSPHRASE = 'correct horse'
        (Unlock-NatsKeyStore -PassThru).Keys.Protection | Should -Be 'Unlocked'
    }

    It 'keeps the passphrase out of its errors' {
        Unlock-NatsKeyStore -Passphrase $other -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'WrongPassphrase,*'
        "$($failed | Format-List * -Force | Out-String)" | Should -Not -Match 'battery'
    }

    It 'unlocks nothing under -WhatIf' {
        Unlock-NatsKeyStore -Passphrase $passphrase -WhatIf
        (Get-NatsStore).Keys.Protection | Should -Be 'Locked'
    }
}

Describe 'Unprotect-NatsKeyStore' {
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
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS, $env:NATSKEYS_PASSPHRASE = $previous
    }

    It 'leaves key files as nsc has them' {
        Unprotect-NatsKeyStore -Confirm:$false
        Get-ChildItem ./keys -Recurse -Filter *.nk | Get-Content -Raw | Should -MatchExactly '^S[OAU][A-Z2-7]{56}$'
        './keys/protection.yaml' | Should -Not -Exist
    }

    It 'needs a root that is unlocked' {
        (Get-NatsStore).Keys.Lock()
        { Unprotect-NatsKeyStore -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'KeyStoreLocked,*'
        './keys/protection.yaml' | Should -Exist
    }

    It 'writes nothing under -WhatIf' {
        Unprotect-NatsKeyStore -WhatIf
        './keys/protection.yaml' | Should -Exist
    }
}

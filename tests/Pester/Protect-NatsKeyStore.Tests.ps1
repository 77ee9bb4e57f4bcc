Describe 'Protect-NatsKeyStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $passphrase = ConvertTo-Passphrase 'correct horse'
        $other = ConvertTo-Passphrase 'battery staple'
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'leaves no seed in the key root, and everything works on' {
        Protect-NatsKeyStore -Passphrase $passphrase
        New-NatsUser V -Account A | Out-Null
        Get-ChildItem ./keys -Recurse -File -Force | Get-Content -Raw | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
        (Get-NatsStore).Keys.Protection | Should -Be 'Unlocked'
        Test-NatsStore | Should -BeTrue
    }

    It 'locks other processes out, and lets those in that have the passphrase in their environment' {
        Protect-NatsKeyStore -Passphrase $passphrase
        $script = "Import-Module '$((Get-Module NatsKeys).Path -replace 'module.NatsKeys.psm1', 'NatsKeys.psd1')'; try { (New-NatsUser V -Account A -ErrorAction Stop).Name } catch { `$_.FullyQualifiedErrorId }"
        pwsh -NoProfile -NonInteractive -Command $script | Should -BeLike 'KeyStoreLocked,*'
        $env:NATSKEYS_PASSPHRASE = 'battery staple'
        pwsh -NoProfile -NonInteractive -Command $script | Should -BeLike 'WrongPassphrase,*'
        $env:NATSKEYS_PASSPHRASE = 'correct horse'
        pwsh -NoProfile -NonInteractive -Command $script | Should -Be 'V'
    }

    It 'changes the passphrase of a root that is unlocked' {
        Protect-NatsKeyStore -Passphrase $passphrase
        Protect-NatsKeyStore -Passphrase $other
        (Get-NatsStore).Keys.Lock()
        { Unlock-NatsKeyStore -Passphrase $passphrase -ErrorAction Stop } | Should -Throw -ErrorId 'WrongPassphrase,*'
        Unlock-NatsKeyStore -Passphrase $other
    }

    It 'writes nothing under -WhatIf' {
        Protect-NatsKeyStore -Passphrase $passphrase -WhatIf
        './keys/protection.yaml' | Should -Not -Exist
    }
}

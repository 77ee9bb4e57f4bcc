Describe 'Unlock-NatsKeyStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $passphrase = ConvertTo-Passphrase 'correct horse'
        $other = ConvertTo-Passphrase 'battery staple'
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
        Protect-NatsKeyStore -Passphrase $passphrase
        (Get-NatsStore).Keys.Lock()
    }

    AfterEach {
        Exit-TestFolder
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

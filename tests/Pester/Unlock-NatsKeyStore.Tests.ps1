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
}

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

    It 'locks other processes out, and lets those in that have the passphrase in their environment' {
        Protect-NatsKeyStore -Passphrase $passphrase
        $manifest = (Get-Module NatsKeys).Path -replace 'module.NatsKeys.psm1', 'NatsKeys.psd1'
        $script = "Import-Module '$manifest'; try { (New-NatsUser V -Account A -ErrorAction Stop).Name } catch { `$_.FullyQualifiedErrorId }"
        pwsh -NoProfile -NonInteractive -Command $script | Should -BeLike 'KeyStoreLocked,*'
        $env:NATSKEYS_PASSPHRASE = 'battery staple'
        pwsh -NoProfile -NonInteractive -Command $script | Should -BeLike 'WrongPassphrase,*'
        $env:NATSKEYS_PASSPHRASE = 'correct horse'
        pwsh -NoProfile -NonInteractive -Command $script | Should -Be 'V'
    }
}

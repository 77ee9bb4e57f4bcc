Describe 'Unprotect-NatsKeyStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $passphrase = ConvertTo-Passphrase 'correct horse'
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
        Protect-NatsKeyStore -Passphrase $passphrase
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'leaves key files as nsc has them' {
        Unprotect-NatsKeyStore -Confirm:$false
        Get-ChildItem ./keys -Recurse -Filter *.nk | Get-Content -Raw | Should -MatchExactly '^S[OAU][A-Z2-7]{56}$'
        './keys/protection.yaml' | Should -Not -Exist
    }
}

Describe 'New-NatsSigningRequest' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        # The operator's key is in no key root.
        $folder = Enter-TestFolder
        $key = New-NatsKeyPair Operator
        New-NatsOperator O2 -Key $key.PublicKey -SigningKey $key | New-NatsAccount A -SigningKey $key | Out-Null
        $account = Join-Path $folder store O2 accounts A account.yaml
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'asks for what was edited, and says what changes' {
        Add-Content $account 'tags: [x]'
        $request = New-NatsSigningRequest ./request.yaml
        $request.Path | Should -Be (Join-Path $PWD request.yaml)
        "$($request.Signatures.Path)" | Should -Be 'account O2/A'
        $request.Signatures[0].SigningKey | Should -Be $key.PublicKey
        $request.Signatures[0].Changes | Should -Be '+ tags "x"'
        Get-Content ./request.yaml -TotalCount 2 | Should -BeExactly 'kind: signing-request', 'format: 1'
        Get-Content ./request.yaml -Raw | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

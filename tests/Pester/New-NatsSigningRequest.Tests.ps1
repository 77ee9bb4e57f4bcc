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
        "$($request.Signatures)" | Should -Be 'account O2/A'
        $request.Signatures[0].SigningKey | Should -Be $key.PublicKey
        $request.Signatures[0].Changes | Should -Be 'tags is ["x"] and was not set'
        Get-Content ./request.yaml -TotalCount 2 | Should -BeExactly 'kind: signing-request', 'format: 1'
        Get-Content ./request.yaml -Raw | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }

    It 'takes entities of the pipeline, from above to below' {
        Add-Content $account 'tags: [x]'
        Add-Content (Join-Path $folder store O2 operator.yaml) 'tags: [y]'
        $request = (Get-NatsAccount A), (Get-NatsOperator O2) | New-NatsSigningRequest ./request.yaml
        "$($request.Signatures)" | Should -Be 'operator O2 account O2/A'
    }

    It 'gives a new entity its key' {
        New-Item (Join-Path $folder store O2 accounts B) -ItemType Directory | Out-Null
        Set-Content (Join-Path $folder store O2 accounts B account.yaml) 'kind: account'
        $request = New-NatsSigningRequest ./request.yaml
        $request.Signatures[0].Claims.Subject | Should -Be (Get-NatsAccount B).Subject
        (Get-NatsKeyPair (Get-NatsAccount B).Subject).HasSeed | Should -BeTrue
    }

    It 'asks for nothing that breaks a rule' {
        Add-Content $account 'claims: { cluster_traffic: x }'
        New-NatsSigningRequest ./request.yaml -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RuleBroken*'
        './request.yaml' | Should -Not -Exist
    }

    It 'writes nothing where nothing is to be signed' {
        New-NatsSigningRequest ./request.yaml -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*nothing to ask for*'
        './request.yaml' | Should -Not -Exist
    }

    It 'writes nothing under -WhatIf' {
        Add-Content $account 'tags: [x]'
        New-NatsSigningRequest ./request.yaml -WhatIf
        './request.yaml' | Should -Not -Exist
    }
}

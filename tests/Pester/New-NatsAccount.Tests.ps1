Describe 'New-NatsAccount' {
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
        $operator = New-NatsOperator O2
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'makes many accounts in one pipeline' {
        'A', 'B', 'C' | ForEach-Object { $operator | New-NatsAccount $_ } | Measure-Object | Select-Object -ExpandProperty Count | Should -Be 3
    }

    It 'completes the operator' {
        New-NatsOperator 'Other one' | Out-Null
        Complete 'New-NatsAccount A -Operator O' | Should -Be 'O2', "'Other one'"
    }

    It 'completes the signing key' {
        $key = $operator | Add-NatsSigningKey
        Complete 'New-NatsAccount A -Operator O2 -SigningKey O' | Should -Be $key.PublicKey
    }

    It 'shows a table or list without a seed' {
        $operator | New-NatsAccount A | Format-List * | Out-String | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }

    It 'makes nothing under -WhatIf' {
        $operator | New-NatsAccount A -WhatIf | Should -BeNullOrEmpty
        Get-NatsAccount | Should -BeNullOrEmpty
    }
}

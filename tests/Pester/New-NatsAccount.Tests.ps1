Describe 'New-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
    }

    AfterEach {
        Exit-TestFolder
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

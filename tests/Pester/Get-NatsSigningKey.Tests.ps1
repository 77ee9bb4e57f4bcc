Describe 'Get-NatsSigningKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'gives the keys of every account in the pipeline' {
        New-NatsAccount B -Operator O2 | Add-NatsSigningKey | Out-Null
        Get-NatsAccount | Get-NatsSigningKey | ForEach-Object OwnerName | Should -Be 'A', 'B'
    }

    It 'pipes into New-NatsUser, which it signs' {
        $key = Get-NatsSigningKey -Account A
        ($key | New-NatsUser V).Issuer | Should -Be $key.PublicKey
    }

    It 'becomes JSON as a whole, without the key pair that was just made' {
        $key = Add-NatsSigningKey -Account A
        $json = $key | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue -ErrorAction Stop
        $json | Should -Match $key.PublicKey
        $json | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

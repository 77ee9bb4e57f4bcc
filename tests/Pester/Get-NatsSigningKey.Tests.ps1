Describe 'Get-NatsSigningKey' {
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
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'gives the keys of every account in the pipeline' {
        New-NatsAccount B -Operator O2 | Add-NatsSigningKey | Out-Null
        Get-NatsAccount | Get-NatsSigningKey | ForEach-Object OwnerName | Should -Be 'A', 'B'
    }

    It 'completes keys of the account' {
        Complete 'Get-NatsSigningKey -Account A -Key A' | Should -Be (Get-NatsAccount A).SigningKeys.PublicKey
    }

    It 'pipes into New-NatsUser, which it signs' {
        $key = Get-NatsSigningKey -Account A
        ($key | New-NatsUser V).Issuer | Should -Be $key.PublicKey
    }

    It 'becomes JSON without a seed' {
        Get-NatsSigningKey -Account A | Select-Object OwnerName, PublicKey, Role | ConvertTo-Json | Should -Match 'OwnerName'
    }

    It 'becomes JSON as a whole, without the key pair that was just made' {
        $key = Add-NatsSigningKey -Account A
        $json = $key | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue -ErrorAction Stop
        $json | Should -Match $key.PublicKey
        $json | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

Describe 'New-NatsKeyPair' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'makes a key of each type in a pipeline of objects' {
        'Operator', 'Account', 'User' | ForEach-Object { New-NatsKeyPair $_ } | ForEach-Object { $_.PublicKey[0] } | Should -Be 'O', 'A', 'U'
    }

    It 'shows no seed in any form of output' {
        $pair = New-NatsKeyPair User
        $pair | Format-List * -Force | Out-String | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
        $pair | ConvertTo-Json -WarningAction SilentlyContinue | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
        $pair | ConvertTo-Csv | Out-String | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
        [System.Management.Automation.PSSerializer]::Serialize($pair, 5) | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }

    It 'shows no seed in a transcript' {
        Start-Transcript ./transcript.txt | Out-Null
        try { New-NatsKeyPair User | Out-Host; New-NatsOperator O2 -Verbose 4>&1 | Out-Host } finally { Stop-Transcript | Out-Null }
        Get-Content ./transcript.txt -Raw | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }

    It 'makes the same key of the same entropy' {
        (New-NatsKeyPair User -Entropy (1..32)).PublicKey | Should -Be (New-NatsKeyPair User -Entropy ([byte[]] (1..32))).PublicKey
    }
}

Describe 'Get-NatsUser' {
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
        New-NatsUser V -Account A -Tag night | Out-Null
        function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
    }

    It 'gives users by tag' {
        (Get-NatsUser | Where-Object Tags -Contains night).Name | Should -Be 'V'
    }

    It 'completes names within an account' {
        Complete 'Get-NatsUser -Account A -Name ' | Should -Be 'U', 'V'
    }

    It 'completes only what it takes itself' {
        foreach ($name in Complete 'Get-NatsUser ') { Get-NatsUser $name.Trim("'") -ErrorAction Stop | Should -Not -BeNullOrEmpty }
    }

    It 'stops when enough was given' {
        Get-NatsUser | Select-Object -First 1 -ExpandProperty Name | Should -Be 'U'
    }

    It 'reports what is not there and goes on' {
        $found = Get-NatsUser U, None -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'U'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Match '^EntityNotFound,'
    }

    It 'becomes JSON as a whole' {
        $json = Get-NatsUser V | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue -ErrorAction Stop
        $json | Should -Match (Get-NatsUser V).Subject
        $json | Should -Not -MatchExactly 'S[OAU][A-Z2-7]{56}'
    }
}

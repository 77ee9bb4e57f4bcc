Describe 'Get-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null
        New-NatsUser V -Account A -Tag night | Out-Null
    }

    AfterEach {
        Exit-TestFolder
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

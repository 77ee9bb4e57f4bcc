Describe 'Test-NatsPermission' {
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

    It 'filters users' {
        New-NatsUser V -Account A -NotBefore 30d -SigningKey (Get-NatsAccount A).Subject | Out-Null
        Get-NatsUser | Where-Object { $_ | Test-NatsPermission -Publish orders.new } | ForEach-Object Name | Should -Be 'U'
        Get-NatsUser | Test-NatsPermission -Publish orders.new -At 31d | Should -Be $true, $true
    }

    It 'gives verdicts as objects' {
        $verdict = Test-NatsPermission -User U -Subscribe 'a.>' -Detailed
        $verdict | Select-Object IsAllowed, Rule | ConvertTo-Json -Compress | Should -Be '{"IsAllowed":true,"Rule":"sub.allow"}'
        $verdict | Out-String | Should -Match 'sub.allow'
    }

    It 'completes users' {
        $line = 'Test-NatsPermission -User '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'A/U'
    }
}

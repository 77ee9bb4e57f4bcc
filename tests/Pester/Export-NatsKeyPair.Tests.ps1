Describe 'Export-NatsKeyPair' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $pair = New-NatsKeyPair Account
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'writes a file that Get-Content reads' {
        $pair | Export-NatsKeyPair ./a.nk
        Get-Content ./a.nk | Select-Object -First 1 | Should -MatchExactly '^SA[A-Z2-7]{56}$'
    }
}

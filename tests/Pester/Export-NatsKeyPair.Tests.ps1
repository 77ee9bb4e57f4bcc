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

    It 'gives the file with -PassThru' {
        ($pair | Export-NatsKeyPair ./a.nk -PassThru | Get-Item).Name | Should -Be 'a.nk'
    }

    It 'refuses a file that exists' {
        'mine' | Set-Content a.nk
        { $pair | Export-NatsKeyPair ./a.nk -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content a.nk | Should -Be 'mine'
    }

    It 'gives a secure string that Import-NatsKeyPair takes' {
        (Import-NatsKeyPair -Seed ($pair | Export-NatsKeyPair -AsSecureString)).PublicKey | Should -Be $pair.PublicKey
    }

    It 'completes the keys of the key root' {
        New-NatsOperator O2 | Out-Null
        Complete 'Export-NatsKeyPair ./o.nk -KeyPair ' | Should -Be (Get-NatsOperator).Subject
    }
}

Describe 'Protect-NatsMessage' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $ours, $theirs = (New-NatsKeyPair Curve), (New-NatsKeyPair Curve)
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'seals what Get-Content reads' {
        [System.IO.File]::WriteAllBytes("$pwd/raw", [byte[]] (0, 255, 10, 13))
        Get-Content raw -AsByteStream -Raw | Protect-NatsMessage -To $theirs.PublicKey -Key $ours -Destination raw.xkv
        $bytes = Unprotect-NatsMessage -Path raw.xkv -From $ours.PublicKey -Key $theirs -AsByteArray
        $bytes | Should -Be 0, 255, 10, 13
    }

    It 'seals each line by itself' {
        $sealed = 'one', 'two' | Protect-NatsMessage -To $theirs.PublicKey -Key $ours
        $sealed.Count | Should -Be 2
        $sealed | Unprotect-NatsMessage -From $ours.PublicKey -Key $theirs | Should -Be 'one', 'two'
    }
}

Describe 'Unprotect-NatsMessage' {
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

    It 'opens text that went through a file' {
        'the plan' | Protect-NatsMessage -To $ours.PublicKey -Key $theirs | Set-Content sealed.txt
        Get-Content sealed.txt | Unprotect-NatsMessage -From $theirs.PublicKey -Key $ours | Should -BeExactly 'the plan'
    }
}

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

    It 'opens bytes of a variable' {
        $sealed = 'the plan' | Protect-NatsMessage -To $ours.PublicKey -Key $theirs -AsByteArray
        Unprotect-NatsMessage $sealed -From $theirs.PublicKey -Key $ours | Should -BeExactly 'the plan'
    }

    It 'opens for the sender, and for nobody else' {
        $sealed = 'the plan' | Protect-NatsMessage -To $ours.PublicKey -Key $theirs
        Unprotect-NatsMessage $sealed -From $ours.PublicKey -Key $theirs | Should -BeExactly 'the plan'
        { Unprotect-NatsMessage $sealed -From $theirs.PublicKey -Key (New-NatsKeyPair Curve) -ErrorAction Stop } | Should -Throw -ErrorId 'CouldNotDecrypt,*'
    }
}

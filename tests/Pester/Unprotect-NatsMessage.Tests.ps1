Describe 'Unprotect-NatsMessage' {
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
        $ours, $theirs = (New-NatsKeyPair Curve), (New-NatsKeyPair Curve)
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        $env:NATSKEYS_STORE, $env:NATSKEYS_KEYS = $previous
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

Describe 'Protect-NatsMessage' {
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

    It 'overwrites nothing, and writes nothing under -WhatIf' {
        Protect-NatsMessage a -To $theirs.PublicKey -Key $ours -Destination out -WhatIf
        'out' | Should -Not -Exist
        'mine' | Set-Content out
        { Protect-NatsMessage a -To $theirs.PublicKey -Key $ours -Destination out -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content out | Should -Be 'mine'
    }
}

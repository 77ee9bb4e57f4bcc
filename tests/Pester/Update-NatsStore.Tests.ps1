Describe 'Update-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        $folder = Enter-TestFolder
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
        $users = Join-Path $folder store O2 accounts A users
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'signs what was edited and nothing else' {
        Add-Content (Join-Path $users U.yaml) 'tags: [x]'
        $signed = Get-NatsStore | Update-NatsStore -PassThru
        "$($signed.Path)" | Should -Be 'user O2/A/U'
        Test-NatsStore | Should -BeTrue
    }

    It 'gives a new file a key and a token' {
        Set-Content (Join-Path $users V.yaml) "kind: user`nname: V # made by hand"
        Update-NatsStore
        (Get-NatsUser V).State | Should -Be 'Signed'
        Get-Content (Join-Path $users V.yaml) | Should -Contain 'name: V # made by hand'
    }

    It 'names what cannot be signed, and goes on' {
        Set-Content (Join-Path $users V.yaml) "kind: user`nname: V`nclaims:`n  src: [10.0.0.0/99]"
        Set-Content (Join-Path $users W.yaml) "kind: user`nname: W"
        Update-NatsStore -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong.FullyQualifiedErrorId | Should -BeLike 'RuleBroken,*'
        (Get-NatsUser W).State | Should -Be 'Signed'
    }

    It 'changes nothing where nothing was edited' {
        $before = (Get-NatsUser U).Jwt
        Update-NatsStore -PassThru | Should -BeNullOrEmpty
        (Get-NatsUser U).Jwt | Should -Be $before
    }

    It 'signs nothing under -WhatIf' {
        Add-Content (Join-Path $users U.yaml) 'tags: [x]'
        Update-NatsStore -WhatIf
        (Get-NatsUser U).State | Should -Be 'Modified'
    }
}

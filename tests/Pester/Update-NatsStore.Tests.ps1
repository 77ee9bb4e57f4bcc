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
}

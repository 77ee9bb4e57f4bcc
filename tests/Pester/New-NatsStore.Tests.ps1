Describe 'New-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'makes a folder that belongs into Git and has no secret' {
        $store = New-NatsStore ./mine -KeyPath ./secret
        (Get-ChildItem ./mine -Force | Sort-Object Name).Name | Should -Be '.gitignore', '.natskeys.lock', 'natskeys.yaml'
        $store.Location | Should -Be (Get-Item ./mine).FullName
    }

    It 'works on a PSDrive' {
        New-PSDrive Stores FileSystem $PWD.Path | Out-Null
        try { (New-NatsStore Stores:/mine).Location | Should -Be (Join-Path $PWD mine) } finally { Remove-PSDrive Stores }
    }
}

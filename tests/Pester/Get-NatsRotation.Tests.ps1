Describe 'Get-NatsRotation' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $key = New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey
        $key | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'tells what is pending until it is done' {
        Get-NatsRotation | Should -BeNullOrEmpty
        $key | Update-NatsSigningKey -KeepOldKey | Out-Null

        $rotation = Get-NatsRotation
        "$($rotation.Owner)" | Should -Be 'account O2/A'
        $rotation.IsOldKeyListed | Should -BeTrue
        Invoke-Expression $rotation.Next | Out-Null

        Get-NatsRotation | Should -BeNullOrEmpty
    }
}

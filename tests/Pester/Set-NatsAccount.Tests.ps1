Describe 'Set-NatsAccount' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $account = $operator | New-NatsAccount A
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'changes every account in the pipeline and signs it again' {
        $operator | New-NatsAccount B | Out-Null
        Get-NatsAccount | Set-NatsAccount -MaxConnections 50 -MaxPayload 64kb -DisallowBearer
        foreach ($changed in Get-NatsAccount A, B -ErrorAction Stop) {
            $changed.Limits.Conn, $changed.Limits.Payload, $changed.Limits.DisallowBearer | Should -Be 50, 65536, $true
            $changed.State | Should -Be 'Signed'
            $changed | Test-NatsJwt | Should -BeTrue
        }
    }

    It 'changes an account by its name and leaves what was not named' {
        Set-NatsAccount A -Description ours -AllowPublish 'orders.>'
        $changed = Set-NatsAccount O2/A -MaxImports 3 -PassThru
        $changed.Claims.Description | Should -Be 'ours'
        $changed.Claims.DefaultPermissions.Pub.Allow | Should -Be 'orders.>'
        $changed.Limits.Imports, $changed.Limits.Exports | Should -Be 3, -1
    }
}

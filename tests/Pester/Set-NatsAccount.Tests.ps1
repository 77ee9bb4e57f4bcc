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
        foreach ($changed in Get-NatsAccount A, B) {
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

    It 'warns where the last entry that restricted users goes' {
        $account | Set-NatsAccount -AllowPublish 'orders.>'
        $account | Set-NatsAccount -RemoveAllowPublish 'orders.>' -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'publish on every subject'
        (Get-NatsAccount A).Claims.DefaultPermissions.Pub.Allow | Should -BeNullOrEmpty
    }

    It 'reports what breaks a rule, and what is not there, and goes on' {
        { $account | Set-NatsAccount -AllowPublish 'a..b' -ErrorAction Stop } | Should -Throw -ErrorId 'RuleBroken,*'
        $changed = 'None', 'A' | Set-NatsAccount -AddTag night -PassThru -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'EntityNotFound,NatsKeys.Commands.SetNatsAccountCommand'
        $changed.Tags | Should -Be 'night'
    }

    It 'completes the keys of the operator as the key that signs, and not those of the account' {
        $key = Add-NatsSigningKey -Operator O2
        Add-NatsSigningKey -Account A | Out-Null
        Complete 'Set-NatsAccount A -SigningKey ' | Should -Be $key.PublicKey
    }

    It 'completes accounts, with the operator where two have one name' {
        Complete 'Set-NatsAccount ' | Should -Be 'A'
        New-NatsOperator Other | New-NatsAccount A | Out-Null
        Complete 'Set-NatsAccount ' | Should -Be 'O2/A', 'Other/A'
    }

    It 'signs nothing under -WhatIf, or where all is as asked for' {
        $account | Set-NatsAccount -MaxData 1GiB -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsAccount A).Jwt | Should -Be $account.Jwt
        $changed = $account | Set-NatsAccount -MaxData 1GiB -PassThru
        ($changed | Set-NatsAccount -MaxData 1073741824 -PassThru).Jwt | Should -Be $changed.Jwt
        (Get-NatsAccount A).Jwt | Should -Be $changed.Jwt
    }
}

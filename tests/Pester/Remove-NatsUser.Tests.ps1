Describe 'Remove-NatsUser' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $account = New-NatsOperator O2 | New-NatsAccount A
        $user = $account | New-NatsUser U
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes every user in the pipeline and revokes it in its account' {
        $account | New-NatsUser V | Out-Null
        $keys = Get-NatsUser | ForEach-Object Subject | Sort-Object
        Get-NatsUser | Remove-NatsUser -Confirm:$false -WarningAction SilentlyContinue
        Get-NatsUser | Should -BeNullOrEmpty
        $changed = Get-NatsAccount A
        $changed.Revocations.PublicKey | Sort-Object | Should -Be $keys
        $changed.State | Should -Be 'Signed'
        $changed | Test-NatsJwt | Should -BeTrue
    }

    It 'makes the token of the removed user invalid' {
        $user.Jwt | Test-NatsJwt -Parent (Get-NatsAccount A), (Get-NatsOperator O2) | Should -BeTrue
        Remove-NatsUser U -Confirm:$false -WarningAction SilentlyContinue
        $user.Jwt | Test-NatsJwt -Parent (Get-NatsAccount A), (Get-NatsOperator O2) | Should -BeFalse
    }

    It 'removes the leavers of a CSV file, and nobody under -WhatIf' {
        New-NatsAccount B | New-NatsUser U | Out-Null
        $account | New-NatsUser V | Out-Null
        "Name,Account`nU,B`nghost,A`nV,A" | Set-Content leavers.csv
        Import-Csv leavers.csv | Remove-NatsUser -WhatIf -ErrorAction SilentlyContinue
        @(Get-NatsUser).Count | Should -Be 3
        Import-Csv leavers.csv | Remove-NatsUser -Confirm:$false -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-NatsUser | ForEach-Object { "$($_.Account)/$($_.Name)" } | Should -Be 'A/U'
        $failed.FullyQualifiedErrorId | Should -BeLike 'EntityNotFound,*'
        "$failed" | Should -BeLike '*ghost*'
    }

    It 'removes nobody of a row that says something else' {
        [pscustomobject] @{ Name = 'U'; Acount = 'B' } | Remove-NatsUser -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        "$failed" | Should -BeLike "*Did you mean 'Account'*"
        (Get-NatsUser).Name | Should -Be 'U'
    }

    It 'removes several that are typed' {
        $account | New-NatsUser V, W | Out-Null
        Remove-NatsUser V, W -Account A -Confirm:$false -WarningAction SilentlyContinue
        (Get-NatsUser).Name | Should -Be 'U'
    }
}

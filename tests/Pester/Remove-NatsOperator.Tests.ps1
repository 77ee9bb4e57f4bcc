Describe 'Remove-NatsOperator' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'removes an operator with everything below only where that is asked for' {
        $operator | New-NatsAccount A | New-NatsUser U | Out-Null
        { Remove-NatsOperator O2 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'EntityInUse,*'
        (Get-NatsUser U).State | Should -Be 'Signed'
        $removal = Remove-NatsOperator O2 -Recurse -Confirm:$false -PassThru -WarningAction SilentlyContinue
        $removal.Below | ForEach-Object Name | Sort-Object | Should -Be 'A', 'U'
        "$env:NATSKEYS_STORE/O2" | Should -Not -Exist
    }
}

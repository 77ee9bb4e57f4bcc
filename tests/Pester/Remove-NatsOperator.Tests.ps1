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

    It 'removes the operator in the pipeline and says so' {
        New-NatsOperator Other | Out-Null
        $removal = $operator | Remove-NatsOperator -Confirm:$false -PassThru -WarningAction SilentlyContinue
        $removal.PublicKey | Should -Be $operator.Subject
        Get-NatsOperator | ForEach-Object Name | Should -Be 'Other'
    }

    It 'removes an operator with everything below only where that is asked for' {
        $operator | New-NatsAccount A | New-NatsUser U | Out-Null
        { Remove-NatsOperator O2 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'EntityInUse,*'
        (Get-NatsUser U).State | Should -Be 'Signed'
        $removal = Remove-NatsOperator O2 -Recurse -Confirm:$false -PassThru -WarningAction SilentlyContinue
        $removal.Below | ForEach-Object Name | Sort-Object | Should -Be 'A', 'U'
        "$env:NATSKEYS_STORE/O2" | Should -Not -Exist
    }

    It 'keeps the keys, unless they are to go as well' {
        $operator | Remove-NatsOperator -Confirm:$false -WarningAction SilentlyContinue
        (Get-NatsKeyPair).PublicKey | Should -Be $operator.Subject
        New-NatsOperator O2 -Key $operator.Subject | Remove-NatsOperator -IncludeKeys -Confirm:$false -WarningAction SilentlyContinue
        Get-NatsKeyPair | Should -BeNullOrEmpty
    }

    It 'reports what is not there and goes on' {
        'None', 'O2' | Remove-NatsOperator -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'EntityNotFound,NatsKeys.Commands.RemoveNatsOperatorCommand'
        Get-NatsOperator | Should -BeNullOrEmpty
    }

    It 'completes operators' {
        Complete 'Remove-NatsOperator ' | Should -Be 'O2'
    }

    It 'removes nothing under -WhatIf' {
        $operator | Remove-NatsOperator -PassThru -WhatIf | Should -BeNullOrEmpty
        (Get-NatsOperator O2).Jwt | Should -Be $operator.Jwt
    }
}

Describe 'Update-NatsOperatorKey' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        $operator = New-NatsOperator O2
        $operator | New-NatsAccount A | New-NatsUser U | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'signs again what the old key had signed' {
        $update = $operator | Update-NatsOperatorKey -WarningAction SilentlyContinue
        $update.OldKey | Should -Be $operator.Subject
        "$($update.SignedAgain)" | Should -Be 'account O2/A'
        (Get-NatsAccount A).Issuer | Should -Be (Get-NatsOperator).Subject
        Get-NatsUser U | Test-NatsJwt | Should -BeTrue
    }

    It 'keeps the old key as a signing key' {
        Update-NatsOperatorKey O2 -KeepAsSigningKey -WarningAction SilentlyContinue
        (Get-NatsSigningKey -Operator O2).PublicKey | Should -Be $operator.Subject
        (Get-NatsAccount A).State | Should -Be 'Signed'
    }

    It 'warns that servers do not know the new key' {
        $operator | Update-NatsOperatorKey -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match $operator.Subject
    }

    It 'refuses a key of another type' {
        { Update-NatsOperatorKey O2 -Key (New-NatsKeyPair Account) -ErrorAction Stop } | Should -Throw -ErrorId 'IncompatibleKey,*'
    }

    It 'completes the operator' {
        Complete 'Update-NatsOperatorKey ' | Should -Be 'O2'
    }

    It 'changes nothing under -WhatIf' {
        $operator | Update-NatsOperatorKey -WhatIf
        (Get-NatsOperator).Subject | Should -Be $operator.Subject
    }
}

Describe 'Test-NatsStore' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        $folder = Enter-TestFolder
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null
        $file = Join-Path $folder store O2 accounts A users U.yaml
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'is true where everything is signed' {
        Get-NatsStore | Test-NatsStore | Should -BeTrue
        Test-NatsStore -Detailed -MinimumSeverity Time | Should -BeNullOrEmpty
    }

    It 'is false where a file was edited, and says what is different' {
        Add-Content $file 'tags: [x]'
        Test-NatsStore | Should -BeFalse
        (Test-NatsStore -Detailed -MinimumSeverity Error).Message | Should -Match 'tags is'
    }

    It 'finds what expires soon' {
        Set-NatsUser U -Expires 5d
        Test-NatsStore | Should -BeTrue
        Test-NatsStore -ExpiresWithin 30d | Should -BeFalse
    }

    It 'names a file that cannot be read' {
        Set-Content $file 'garbage'
        $finding = Test-NatsStore -Detailed -MinimumSeverity Error
        $finding.File | Should -Be $file
        $finding.Line | Should -BeGreaterThan 0
    }

    It 'tells what works and could be safer, and what to do about it' {
        Test-NatsStore | Should -BeTrue
        $finding = Test-NatsStore -Detailed | Where-Object Rule -EQ audit.never-expires
        $finding.Severity | Should -Be Advice
        $finding.Advice | Should -Match 'Set-NatsUser -Expires'
    }

    It 'finds credentials of a user who is not there any more' {
        $credential = Get-NatsUser U | Export-NatsCredential -PassThru
        Remove-NatsUser U -NoRevocation -Confirm:$false -WarningAction Ignore
        $finding = Test-NatsStore -Detailed -MinimumSeverity Warning
        $finding.Rule | Should -Be audit.orphaned-credential
        $finding.File | Should -Be $credential.FullName
    }

    It 'completes the operator' {
        Complete 'Test-NatsStore -Operator ' | Should -Be 'O2'
    }
}

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

    It 'is false where a file was edited, and says what is different' {
        Add-Content $file 'tags: [x]'
        Test-NatsStore | Should -BeFalse
        (Test-NatsStore -Detailed -MinimumSeverity Error).Message | Should -Match '[+] tags'
    }

    It 'asks what servers of a version would say' {
        Add-NatsSubjectMapping 'a.*.*' 'b.$1' -Account A -WarningAction Ignore
        Test-NatsStore | Should -BeTrue
        Test-NatsStore -ServerVersion 2.15.1 | Should -BeTrue
        Test-NatsStore -ServerVersion 2.9.10, 2.15.1 -Detailed -MinimumSeverity Warning | ForEach-Object { "$($_.Severity) $($_.Rule)" } |
            Should -Be 'Warning mapping.target'
        Test-NatsStore -ServerVersion 2.9.10 | Should -BeFalse
    }

    It 'finds a name that looks like another one, which making it had warned of' {
        $name = "$([char] 0x430)dmin"
        New-NatsUser admin -Account A | Out-Null
        New-NatsUser $name -Account A -WarningVariable told -WarningAction SilentlyContinue | Out-Null
        $told | Should -BeLike '*(\u{430}dmin)*user O2/A/admin*'
        (Test-NatsStore -Detailed | Where-Object Rule -EQ audit.look-alike).Path | Should -BeLike "*$name"
        Test-NatsStore | Should -BeTrue
    }

    It 'finds a key root that everybody can write to, which opening it had warned of' -Skip:$IsWindows {
        chmod 777 $env:NATSKEYS_KEYS
        Get-NatsUser U -WarningVariable told -WarningAction SilentlyContinue | Out-Null
        $told | Should -BeLike "*chmod o-w '$env:NATSKEYS_KEYS'*"
        (Test-NatsStore -Detailed -WarningAction Ignore | Where-Object Rule -EQ audit.exposed-keys).Message | Should -Be "$told"
    }

    It 'finds credentials of a user who is not there any more' {
        $credential = Get-NatsUser U | Export-NatsCredential -PassThru
        Remove-NatsUser U -NoRevocation -Confirm:$false -WarningAction Ignore
        $finding = Test-NatsStore -Detailed -MinimumSeverity Warning
        $finding.Rule | Should -Be audit.orphaned-credential
        $finding.File | Should -Be $credential.FullName
    }
}

Describe 'Compare-NatsAccess' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
        New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U -AllowPublish 'orders.>' -Expires 1d | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'compares two states of a store' {
        Copy-Item ./store ./before -Recurse
        Set-NatsUser U -AddAllowPublish 'bills.>'
        $change = Compare-NatsAccess ./before
        "$($change.Change): $($change.Entity): $($change.Message)" | Should -Be 'Granted: user O2/A/U: may publish bills.>'
        $change | ConvertTo-NatsReport Markdown | Should -BeLike '*granted*user O2/A/U*bills.*'
    }

    It 'compares with a backup' {
        $key = New-NatsKeyPair Curve
        Export-NatsStore ./acme.backup -Recipient $key.PublicKey
        Set-NatsUser U -AddAllowPublish 'bills.>'
        (Compare-NatsAccess ./acme.backup -Key $key).Message | Should -Be 'may publish bills.>'
    }
}

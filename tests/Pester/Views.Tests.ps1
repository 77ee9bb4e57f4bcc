BeforeAll {
    Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../NatsKeys.psd1"))
    $rendering = $PSStyle.OutputRendering

    function New-World {
        $store = New-NatsStore -InMemory
        $operator = New-NatsOperator O -Store $store -Tag prod, eu
        $null = $operator | Add-NatsSigningKey
        $account = $operator | New-NatsAccount A -Expires ([DateTimeOffset]::UtcNow.AddDays(12))
        $other = $operator | New-NatsAccount B
        $key = $account | Add-NatsSigningKey
        $null = $account | New-NatsUser U -NotBefore ([DateTimeOffset]::UtcNow.AddDays(3))
        $null = $account | New-NatsUser V -SigningKey $key
        $null = $account | Add-NatsExport 'orders.*' Stream
        $null = $other | Add-NatsImport orders.new -From $account
        $null = $account | Add-NatsSubjectMapping from target
        $null = $account | Set-NatsJetStreamLimit -MaxDisk 1gb
        $null = $other | New-NatsUser W | Add-NatsRevocation
        $null = $other | Set-NatsAuthCallout -AuthUser W
        @{ Store = $store; Key = $key }
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
}

Describe 'What the cmdlets give' {
    BeforeAll {
        $world = New-World
        $store = $world.Store
    }

    It 'goes into JSON and CSV: <name>' -ForEach @(
        @{ name = 'operator'; get = { Get-NatsOperator -Store $store }; members = 'Name', 'Subject', 'Issuer', 'Tags', 'SigningKeys' }
        @{ name = 'account'; get = { Get-NatsAccount A -Store $store }; members = 'Name', 'Operator', 'Subject', 'Expires', 'Exports', 'Limits' }
        @{ name = 'user'; get = { Get-NatsUser V -Store $store }; members = 'Name', 'Account', 'Subject', 'IssuerAccount', 'Permissions' }
        @{ name = 'signing key'; get = { Get-NatsSigningKey -Store $store }; members = 'OwnerName', 'PublicKey', 'Role' }
        @{ name = 'key pair'; get = { Get-NatsKeyPair -Store $store }; members = 'Type', 'PublicKey', 'UsedFor' }
        @{ name = 'key usage'; get = { Get-NatsKeyUsage $world.Key.PublicKey -Store $store }; members = 'Kind', 'Path', 'PublicKey' }
        @{ name = 'export'; get = { Get-NatsExport -Store $store }; members = 'Account', 'Subject', 'Type' }
        @{ name = 'import'; get = { Get-NatsImport -Store $store }; members = 'Account', 'Subject', 'From' }
        @{ name = 'mapping'; get = { Get-NatsSubjectMapping -Store $store }; members = 'Account', 'Subject', 'To' }
        @{ name = 'revocation'; get = { Get-NatsRevocation -Store $store }; members = 'Account', 'PublicKey', 'At' }
        @{ name = 'JetStream limit'; get = { Get-NatsJetStreamLimit -Store $store }; members = 'Account', 'Limits' }
        @{ name = 'callout'; get = { Get-NatsAuthCallout -Store $store }; members = 'Account', 'AuthUsers' }
        @{ name = 'store'; get = { $store }; members = 'Location', 'Keys' }
        @{ name = 'store finding'; get = { Test-NatsStore $store -Detailed }; members = 'Rule', 'Severity', 'Message' }
        @{ name = 'verdict'; get = { Test-NatsPermission A/V -Publish x -Detailed -Store $store }; members = 'IsAllowed', 'Rule', 'Message' }
        @{ name = 'token'; get = { ConvertFrom-NatsJwt (Get-NatsUser V -Store $store).Jwt }; members = 'Kind', 'Subject', 'Claims' }
        @{ name = 'key source'; get = { Get-NatsKeySource -Store $store }; members = 'Name', 'Kind', 'PublicKeys' }
        @{ name = 'rotation'; get = { Update-NatsSigningKey $world.Key.PublicKey -Store $store }; members = 'OldKey', 'NewKey', 'SignedAgain', 'Updates' }
        @{ name = 'update'; get = { (Update-NatsSigningKey (Get-NatsSigningKey -Account A -Store $store).PublicKey -Store $store).Updates }; members = 'Order', 'Path', 'Reason' }
        @{ name = 'removal'; get = { Get-NatsUser W -Store $store | Remove-NatsUser -Confirm:$false -PassThru -WarningAction Ignore }; members = 'Path', 'PublicKey' }
    ) {
        $object = @(& $get)[0]
        $object | Should -Not -BeNullOrEmpty

        $json = $object | ConvertTo-Json -WarningAction SilentlyContinue -ErrorAction Stop
        $json | Should -Not -MatchExactly 'S[OAUX][A-Z2-7]{56}'
        ($json | ConvertFrom-Json).psobject.Properties.Name | Should -Contain $members[0]
        $members | Where-Object { $_ -notin ($json | ConvertFrom-Json).psobject.Properties.Name } | Should -BeNullOrEmpty

        $csv = $object | ConvertTo-Csv
        $csv.Count | Should -BeGreaterThan 1
        $csv -join "`n" | Should -Not -MatchExactly 'S[OAUX][A-Z2-7]{56}'
        $csv -join "`n" | Should -Not -Match 'System\.|NatsKeys\.|`1'
        ($csv | ConvertFrom-Csv).($members[0]) | Should -Not -BeNullOrEmpty
    }

    It 'has its lists in one cell each' {
        (Get-NatsOperator -Store $store | ConvertTo-Csv | ConvertFrom-Csv).Tags | Should -Be 'prod, eu'
    }
}

Describe 'The colours' {
    BeforeAll {
        $store = (New-World).Store
    }

    It 'mark what needs a look' {
        $PSStyle.OutputRendering = 'Ansi'
        $warning = [regex]::Escape($PSStyle.Formatting.Warning)
        Get-NatsUser U -Store $store | Format-Table | Out-String -Width 120 | Should -Match "$($warning)NotYetValid"
        Get-NatsAccount A -Store $store | Out-String -Width 120 | Should -Match "Expires .*$($warning)2"
    }

    It 'are gone where no colours are wanted' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Get-NatsUser U -Store $store | Format-Table | Out-String -Width 120
        $text | Should -Match 'NotYetValid'
        $text | Should -Not -Match "`e"
    }

    It 'are gone in a file' {
        $PSStyle.OutputRendering = 'Host'
        Get-NatsUser U -Store $store | Format-Table | Out-File $TestDrive/users.txt -Width 120
        $text = [System.IO.File]::ReadAllText("$TestDrive/users.txt")
        $text | Should -Match 'NotYetValid'
        $text | Should -Not -Match "`e"
    }

    It 'do not shift the columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $plain = Get-NatsAccount -Store $store | Format-Table | Out-String -Width 120
        $PSStyle.OutputRendering = 'Ansi'
        $coloured = Get-NatsAccount -Store $store | Format-Table | Out-String -Width 120
        ($coloured -replace "`e\[[\d;]*m") -replace ' +(?=\r?\n)' | Should -Be ($plain -replace ' +(?=\r?\n)')
    }
}

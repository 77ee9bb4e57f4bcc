BeforeAll {
    Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    $rendering = $PSStyle.OutputRendering

    # What a view shows is the same everywhere. In this culture the engine writes times otherwise than in that of a machine without a language.
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'

    function New-World {
        $store = New-NatsStore -InMemory
        $operator = New-NatsOperator O -Store $store -Tag prod, eu -SystemAccount SYS
        $null = $operator | Add-NatsSigningKey
        $account = $operator | New-NatsAccount A -Expires ([DateTimeOffset]::UtcNow.AddDays(12))
        $other = $operator | New-NatsAccount B
        $key = $account | Add-NatsSigningKey
        $null = $account | New-NatsUser U -SigningKey $account.Subject -NotBefore ([DateTimeOffset]::UtcNow.AddDays(3))
        $null = $account | New-NatsUser V -SigningKey $key
        $null = $account | Add-NatsExport 'orders.*' Stream
        $null = $other | Add-NatsImport orders.new -From $account
        $null = $account | Add-NatsSubjectMapping from target
        $null = $account | Set-NatsJetStreamLimit -MaxDisk 1gb
        $null = $other | New-NatsUser W | Add-NatsRevocation
        $null = $other | Set-NatsAuthCallout -AuthUser W
        $null = $other | Set-NatsJetStreamLimit -Tier R3 -MaxDisk 1gb
        @{ Store = $store; Key = $key }
    }
}

BeforeAll {
    # What stands in an object goes into JSON and CSV: all of it, and at each depth at which PowerShell may be told to stop.
    function Test-Output($object, [string[]] $members) {
        $object | Should -Not -BeNullOrEmpty
        $given.Add($object.GetType())
        $given.Add($object.GetType().BaseType)

        $texts = foreach ($depth in 0..4 + 100) {
            $object | ConvertTo-Json -Depth $depth -WarningAction Ignore -ErrorAction Stop
        }
        $read = ($object | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).psobject.Properties.Name
        $members | Where-Object { $_ -notin $read } | Should -BeNullOrEmpty

        $csv = $object | ConvertTo-Csv
        $csv.Count | Should -BeGreaterThan 1
        ($csv | ConvertFrom-Csv).($members[0]) | Should -Not -BeNullOrEmpty

        # What the engine hides of a view that fails is in $Error. A file keeps the view.
        $Error.Clear()
        $read = & {
            $object | Export-Clixml $TestDrive/object.xml
            Import-Clixml $TestDrive/object.xml
        }
        foreach ($show in { $args | Out-String -Width 120 }, { $args | Format-List | Out-String -Width 120 }, { $args | Out-String -Width 80 }) {
            $shown = & $show $object
            & $show $read | Should -BeExactly $shown
        }
        "$Error" | Should -BeNullOrEmpty

        foreach ($text in @($texts) + ($csv -join "`n")) {
            $text | Should -Not -MatchExactly 'S[OAUX][A-Z2-7]{56}'
            $text | Should -Not -MatchExactly '"(System|NatsKeys)\.|`1'
        }
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    [cultureinfo]::CurrentCulture = $culture
}

Describe 'What the cmdlets give' {
    BeforeDiscovery {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))

        # What the objects look like is ours: every server will do.
        $server = Get-TestServer -Newest
    }

    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $world = New-World
        $store = $world.Store
        $given = [System.Collections.Generic.List[type]]::new()
    }

    AfterAll {
        Stop-TestServer
        Remove-Module TestServer
    }

    It 'goes into JSON and CSV: <name>' -ForEach @(
        @{ name = 'operator'; get = { Get-NatsOperator -Store $store }; members = 'Name', 'Subject', 'Issuer', 'Tags', 'SigningKeys' }
        @{ name = 'account'; get = { Get-NatsAccount A -Store $store };
            members = 'Name', 'Operator', 'Subject', 'Expires', 'Exports', 'MaxConnections' }
        @{ name = 'account with a callout and tiers'; get = { Get-NatsAccount B -Store $store };
            members = 'Name', 'Revocations', 'AuthCalloutUsers', 'JetStreamLimits' }
        @{ name = 'user'; get = { Get-NatsUser V -Store $store }; members = 'Name', 'Account', 'Subject', 'IssuerAccount', 'Publish' }
        @{ name = 'signing key'; get = { Get-NatsSigningKey -Store $store }; members = 'OwnerName', 'PublicKey', 'Role' }
        @{ name = 'key pair'; get = { Get-NatsKeyPair -Store $store }; members = 'Type', 'PublicKey', 'UsedFor' }
        @{ name = 'key usage'; get = { Get-NatsKeyUsage $world.Key.PublicKey -Store $store }; members = 'Kind', 'Path', 'PublicKey' }
        @{ name = 'key usage that expires'; get = { Get-NatsKeyUsage (Get-NatsAccount A -Store $store).Issuer -Store $store | Where-Object Expires };
            members = 'Kind', 'Path', 'Expires' }
        @{ name = 'export'; get = { Get-NatsExport -Store $store }; members = 'Account', 'Operator', 'Subject', 'Type' }
        @{ name = 'import'; get = { Get-NatsImport -Store $store }; members = 'Account', 'Operator', 'Subject', 'From' }
        @{ name = 'mapping'; get = { Get-NatsSubjectMapping -Store $store }; members = 'Account', 'Operator', 'Subject', 'To' }
        @{ name = 'revocation'; get = { Get-NatsRevocation -Store $store }; members = 'Account', 'Operator', 'PublicKey', 'At' }
        @{ name = 'JetStream limit'; get = { Get-NatsJetStreamLimit -Store $store }; members = 'Account', 'Operator', 'MaxDisk' }
        @{ name = 'callout'; get = { Get-NatsAuthCallout -Store $store }; members = 'Account', 'Operator', 'AuthUsers' }
        @{ name = 'store'; get = { $store }; members = 'Location', 'Keys' }
        @{ name = 'store finding'; get = { Test-NatsStore $store -Detailed }; members = 'Rule', 'Severity', 'Message' }
        @{ name = 'verdict'; get = { Test-NatsPermission A/V -Publish x -Detailed -Store $store }; members = 'IsAllowed', 'Rule', 'Message' }
        @{ name = 'access change'; get = { Compare-NatsAccess (New-NatsStore -InMemory) $store }; members = 'Change', 'Entity', 'Message' }
        @{ name = 'permission'; get = { New-NatsPermission -Request svc.a }; members = 'Recipe', 'AllowPublish', 'AllowSubscribe', 'Notes' }
        @{ name = 'access'; get = { Get-NatsAccess x -Account A -Store $store }; members = 'Holder', 'Path', 'Message' }
        @{ name = 'token'; get = { ConvertFrom-NatsJwt (Get-NatsUser V -Store $store).Jwt }; members = 'Kind', 'Subject', 'Settings' }
        @{ name = 'finding'; get = { Test-NatsJwt (Get-NatsUser U -Store $store).Jwt -Detailed }; members = 'Rule', 'Severity', 'Message' }
        @{ name = 'credential'; get = { Get-NatsUser V -Store $store | Export-NatsCredential $TestDrive/v.creds -Force |
            Out-Null; Import-NatsCredential $TestDrive/v.creds }; members = 'Name', 'Subject', 'Matches' }
        @{ name = 'key source'; get = { Get-NatsKeySource -Store $store }; members = 'Name', 'Kind', 'PublicKeys' }
        @{ name = 'signing request'; get = {
            Get-NatsUser U -Store $store | New-NatsSigningRequest $TestDrive/request -SigningKey $world.Key -WarningAction Ignore };
            members = 'Path', 'Signatures' }
        @{ name = 'pending rotation'; get = { $null = Update-NatsSigningKey $world.Key.PublicKey -KeepOldKey -Store $store; Get-NatsRotation $store };
            members = 'OldKey', 'NewKey', 'State', 'Pending' }
        @{ name = 'rotation'; get = { Update-NatsSigningKey $world.Key.PublicKey -Store $store };
            members = 'OldKey', 'NewKey', 'SignedAgain', 'Updates' }
        @{ name = 'update'; get = { (Update-NatsSigningKey (Get-NatsSigningKey -Account A -Store $store).PublicKey -Store $store).Updates };
            members = 'Order', 'Path', 'Reason' }
        @{ name = 'removal'; get = { Get-NatsUser W -Store $store | Remove-NatsUser -Confirm:$false -PassThru -WarningAction Ignore };
            members = 'Path', 'PublicKey' }
        @{ name = 'connection'; get = {
            $connection = [NatsKeys.Inspection.LiveConnection]::new([NatsKeys.Inspection.ServerInformation]::new('S0', 'NID', '2.15.1'), 7)
            foreach ($time in 'Since', 'IssuedAt', 'Expires') {
                [NatsKeys.Inspection.LiveConnection].GetProperty($time).SetValue($connection, [DateTimeOffset]::UtcNow)
            }
            $connection }; members = 'Id', 'Server', 'Account', 'User', 'Standing' }
        @{ name = 'disconnection'; get = {
            [NatsKeys.Server.DisconnectResult]::new([NatsKeys.Inspection.LiveConnection]::new([NatsKeys.Inspection.ServerInformation]::new('S0',
            'NID', '2.15.1'), 7), 'Disconnected') }; members = 'Id', 'Server', 'Outcome' }
        @{ name = 'connection event'; get = {
            [NatsKeys.Server.ConnectionEvent]::new('Refused', [DateTimeOffset]::UtcNow,
            [NatsKeys.Inspection.LiveConnection]::new([NatsKeys.Inspection.ServerInformation]::new('S0', 'NID', '2.15.1'), 7)) };
            members = 'Kind', 'Time', 'Server' }
        @{ name = 'proof'; get = { [NatsKeys.Server.ClientProof]::new('O/A', 'AKEY') }; members = 'Account', 'Servers', 'Disconnected', 'Remaining' }
        @{ name = 'removal of a signing key';
            get = { Get-NatsSigningKey -Account A -Store $store | Remove-NatsSigningKey -Confirm:$false -PassThru -WarningAction Ignore };
            members = 'Owner', 'PublicKey', 'Invalid' }
    ) {
        Test-Output @(& $get)[0] $members
    }

    It 'goes into JSON and CSV, of what server <ServerVersion> says' -ForEach $server -Skip:$server.SkipServer {
        Set-NatsOperator O -ServiceUrl (Start-TestServer (Get-NatsOperator O -Store $store) $TestDrive/server $ServerPath) -Store $store
        Test-Output (Compare-NatsAccount A -Store $store) 'Account', 'State'
        Test-Output @(Publish-NatsAccount A -Store $store)[0] 'Server', 'Account', 'Outcome'
        Test-Output @(Compare-NatsAccount A -Effective -Store $store)[0] 'Kind', 'State'
        Test-Output @(Measure-NatsPermission A -For 1s -Store $store)[0] 'Holder', 'Subscribed', 'Unused', 'Proposed', 'Unseen'
        Test-Output (Get-NatsUser V -Store $store | Test-NatsConnection -Detailed -ProbePermission) 'Address', 'Succeeded'

        # Older servers keep no store.
        if ([version] $ServerVersion -ge '2.12') {
            $where = @{ Bucket = 'b'; Server = Start-TestBucketServer $TestDrive/bucket $ServerPath; Credential = Get-NatsUser V -Store $store }
            $null = New-NatsStore @where | ForEach-Object { New-NatsOperator O -Store $_ }
            Test-Output @(Get-NatsStore @where -History)[0] 'Action', 'Name', 'Revision'
        }
    }

    It 'is all looked at here' -ForEach $server {
        $types = (Get-Command -Module NatsKeys).OutputType.Type | Where-Object FullName -Like 'NatsKeys.*' | Select-Object -Unique
        $served = $SkipServer ? @('ServerAnswer', 'AccountComparison', 'ConnectionTestResult', 'EffectiveClaim', 'PermissionMeasurement') : @()
        $served += $given.Name -contains 'StoreRevision' -or $server.Where({ -not $_.SkipServer -and [version] $_.ServerVersion -ge '2.12' }) ?
            @() : 'StoreRevision'
        $types.Name | Where-Object { $_ -notin $given.Name -and $_ -notin $served } | Should -BeNullOrEmpty
    }

    It 'changes nothing of what it shows' {
        $account = New-NatsOperator P -Store $store | New-NatsAccount Plain
        $null = $account | Add-NatsSigningKey
        $account = Get-NatsAccount Plain -Store $store
        "$($account.Claims.SigningKeys)" | Should -Be $account.SigningKeys.PublicKey
        $null = $account | ConvertTo-Json -Depth 5
        $account.SigningKeys.IsScoped | Should -BeFalse
    }

    It 'is short and whole as JSON at the usual depth, with words: <name>' -ForEach @(
        @{ name = 'operators'; get = { Get-NatsOperator -Store $store } }
        @{ name = 'accounts'; get = { Get-NatsAccount -Store $store } }
        @{ name = 'users'; get = { Get-NatsUser -Store $store } }
        @{ name = 'signing keys'; get = { Get-NatsSigningKey -Store $store } }
        @{ name = 'exports'; get = { Get-NatsExport -Store $store } }
        @{ name = 'imports'; get = { Get-NatsImport -Store $store } }
        @{ name = 'JetStream limits'; get = { Get-NatsJetStreamLimit -Store $store } }
    ) {
        $objects = @(& $get) * 2
        $json = $objects | ConvertTo-Json -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeNullOrEmpty
        $json | Should -Not -Match '"(Jwt|Store|Claims)"'
        @($json | ConvertFrom-Json).ForEach({ $_.Kind, $_.State, $_.OwnerKind }).Where({ $_ }) | ForEach-Object { $_ | Should -BeOfType string }
    }

    It 'has words for its enumerations in JSON' {
        # The engine writes an enumeration as a number, unless its values are of 64 bits.
        $types = [NatsKeys.Store.NatsStore].Assembly, [NatsKeys.Keys.NatsKeyType].Assembly, (Get-Module NatsKeys).ImplementingAssembly,
            (Get-Command Get-NatsUser).ImplementingType.Assembly |
            Where-Object { $_ } | Select-Object -Unique | ForEach-Object GetExportedTypes | Where-Object IsEnum
        $types.Count | Should -BeGreaterThan 10
        $types | Where-Object { $_.GetEnumUnderlyingType() -ne [long] } | Should -BeNullOrEmpty
        foreach ($type in $types) {
            $value = [enum]::GetValues($type)[-1]
            @{ Value = $value } | ConvertTo-Json -Compress | Should -BeExactly "{`"Value`":`"$value`"}"
        }
        (Get-NatsKeyPair -Store $store | Select-Object -First 1 | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).Type |
            Should -BeOfType string
    }

    It 'lists all of an export and an import that its account states' {
        $account = New-NatsOperator Listed -Store $store | New-NatsAccount E
        $null = $account | Add-NatsExport 'svc.*' Service -Name svc -Private -ResponseType Stream -ResponseThreshold 5s `
            -LatencySubject lat -LatencySampling 25 -Advertise -AllowTrace -AccountTokenPosition 2 -WarningAction Ignore
        $null = $account | Add-NatsExport plain Stream
        $other = New-NatsAccount F -Operator Listed -Store $store
        $null = Get-NatsExport plain -Account E -Operator Listed -Store $store | Add-NatsImport -Account $other -LocalSubject here

        $export = Get-NatsExport -Account E -Operator Listed -Store $store | Where-Object ResponseType -EQ Stream
        $export.ResponseThreshold, $export.LatencySubject, $export.LatencySampling, $export.AccountTokenPosition | Should -Be '5s', 'lat', 25, 2
        $text = $export | Format-List | Out-String
        foreach ($line in 'Name +: svc', 'ResponseType +: Stream', 'ResponseThreshold +: 5s', 'LatencySubject +: lat', 'LatencySampling +: 25%',
            'AccountTokenPosition +: 2', 'Advertise +: True', 'AllowTrace +: True', 'Access +: private') {
            $text | Should -Match $line
        }
        Get-NatsExport plain -Account E -Operator Listed -Store $store | Format-List | Out-String |
            Should -Not -Match 'Response|Latency|Advertise|AllowTrace|Position|Name'
        $import = Get-NatsImport -Account F -Operator Listed -Store $store | Format-List | Out-String
        $import | Should -Match 'LocalSubject +: here'
        $import | Should -Match 'Access +: public'
        $import | Should -Not -Match 'ActivationExpires'
    }

    It 'has whole keys and uses where there is room, and lines that end between words' {
        $view = [NatsKeys.Formatting.ViewFormatter]
        $key = $world.Key.PublicKey
        $view::NameOrKey($key, -1000) | Should -BeExactly $key
        $view::NameOrKey($key, 1000) | Should -BeExactly "$($key.Substring(0, 12))…"
        $view::NameOrKey('a long name of a server', 1000) | Should -BeExactly 'a long name of a server'
        $view::Uses(@('one', 'two', 'three'), -1000) | Should -BeExactly 'one, two, three'
        $view::Uses(@('one', 'two', 'three'), 1000) | Should -BeExactly 'one (and 2 more)'
        $view::Uses((1..11), -1000) | Should -BeExactly '1 (and 10 more)'
        $view::Fold('user ACME/billing/anna', 1000) | Should -BeExactly "user`nACME/`nbilling/anna"
        $view::Fold('production, europe, west', 1000) | Should -BeExactly "production,`neurope, west"
    }

    It 'names accounts and users in what -WhatIf tells' {
        $root = New-NatsOperator Named -Store $store -SystemAccount SYS
        $billing = $root | New-NatsAccount billing
        $null = $billing | New-NatsUser anna
        $told = {
            $path = Join-Path $TestDrive "told$([guid]::NewGuid())"
            $null = Start-Transcript $path
            try { & $args[0] } finally { $null = Stop-Transcript }
            Get-Content $path -Raw
        }
        & $told { $root | Set-NatsOperator -SystemAccount billing -WhatIf } | Should -Match 'SystemAccount "SYS" → "billing"'
        & $told { Get-NatsUser anna -Account billing -Operator Named -Store $store | Add-NatsRevocation -WhatIf } |
            Should -Match '\+ revocation of anna until \d{4}-'
    }

    It 'has numbers that sort where views have sizes and limits' {
        $limits = New-NatsOperator Sizes -Store $store |
            ForEach-Object { 64kb, 1mb, 2kb | ForEach-Object { New-NatsAccount "a$_" -Operator Sizes -MaxPayload $_ -Store $store } }
        ($limits | Sort-Object MaxPayload).MaxPayload | Should -Be 2048, 65536, 1048576
        ($limits | Sort-Object MaxPayload | Out-String) | Should -Match '(?s)a2048.*a65536.*a1048576'
    }

    It 'has its lists in one cell each' {
        (Get-NatsOperator O -Store $store | ConvertTo-Csv | ConvertFrom-Csv).Tags | Should -Be 'prod, eu'
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
        Get-NatsAccount A -Store $store | Format-List | Out-String -Width 120 | Should -Match "Expires .*$($warning)2"
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

    It 'are gone where the output of the process goes somewhere else' {
        $script = "`$PSStyle.OutputRendering = 'Host'; Import-Module '$((Get-Module NatsKeys).Path)'; " +
            'New-NatsOperator O -Expires 3d -Store (New-NatsStore -InMemory) | Format-Table Name, State; ' +
                '[NatsKeys.Formatting.ViewMark]::Of($false, $PSStyle)'
        (pwsh -NoProfile -NonInteractive -Command $script)[-1] | Should -BeExactly 'False'
    }

    It 'do not shift the columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $plain = Get-NatsAccount -Store $store | Format-Table | Out-String -Width 120
        $PSStyle.OutputRendering = 'Ansi'
        $coloured = Get-NatsAccount -Store $store | Format-Table | Out-String -Width 120
        ($coloured -replace "`e\[[\d;]*m") -replace ' +(?=\r?\n)' | Should -Be ($plain -replace ' +(?=\r?\n)')
    }
}

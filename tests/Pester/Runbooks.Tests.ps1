# The runbooks, run as they stand: with real stores and, where they publish, a real server. The cloud alone is played.

Describe 'Runbooks' {
    BeforeDiscovery {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $servers = Get-TestServer
    }

    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestVault/TestVault.psm1"))
        $runbooks = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/runbooks")

        # Whether a server lets these credentials in.
        function Test-Entry([string] $Path) { Test-NatsConnection $Path -Server $url }
    }

    BeforeEach {
        $folder = Enter-TestFolder
        $env:NATSKEYS_STORE = $env:NATSKEYS_KEYS = $null
        $store = New-NatsStore ./store -KeyPath ./keys
        $operator = New-NatsOperator O2 -SystemAccount SYS -GenerateSigningKey -Store $store
    }

    AfterEach {
        Stop-TestServer
        Unregister-NatsKeySource *
        Exit-TestFolder
    }

    AfterAll {
        Remove-Module TestVault, TestServer
    }

    Context 'Update-DeviceCredential.ps1' {
        BeforeEach {
            $account = $operator | New-NatsAccount FLEET
            $key = $account | Add-NatsSigningKey -Role device -AllowPublish 'tele.{{name()}}.>'
            Set-Secret nats-operator-jwt (Get-NatsOperator O2 -Store $store).Jwt -Vault nats
            Set-Secret nats-account-jwt (Get-NatsAccount FLEET -Store $store).Jwt -Vault nats
            Set-Secret "nats-$key" ($key | Export-NatsKeyPair -AsSecureString) -Vault nats

            # Azure, as far as the runbook asks it for something.
            $azure = @{}
            function Connect-AzAccount([switch] $Identity) { $azure.Identity = [bool] $Identity }
            function Get-AzContext { @{ Subscription = @{ Id = 'a-subscription' } } }
            function Register-SecretVault($Name, $ModuleName, $VaultParameters, [switch] $AllowClobber) {
                $azure.Vault = "$Name $ModuleName $($VaultParameters.AZKVaultName) $($VaultParameters.SubscriptionId)" }
            function Restore-Credential($User) {
                $text = [System.Net.NetworkCredential]::new('', (Get-Secret "nats-creds-$User" -Vault nats)).Password
                Set-Content "$User.creds" $text
                Import-NatsCredential "$User.creds"
            }
            $call = @{ KeyVaultName = 'kv'; Role = 'device' }
        }

        It 'puts credentials of the role into the vault, as the managed identity' {
            $made = & $runbooks/Update-DeviceCredential.ps1 @call -Name pump-1, pump-2 -Expires 2d
            $azure.Identity | Should -BeTrue
            $azure.Vault | Should -Be 'nats Az.KeyVault kv a-subscription'
            $made.Secret | Should -Be 'nats-creds-pump-1', 'nats-creds-pump-2'
            $credential = Restore-Credential pump-1
            $credential.Token.Issuer | Should -Be $key.PublicKey
            $credential.Subject | Should -Be $made[0].PublicKey
            ($credential.Token.Claims.Expires -gt 0) | Should -BeTrue
        }

        It 'leaves nothing on a disk' {
            $temporary = $env:TMPDIR, $env:TMP
            $env:TMPDIR = $env:TMP = New-Item (Join-Path $folder temporary) -ItemType Directory
            $before = Get-ChildItem $folder -Recurse | ForEach-Object FullName
            try {
                & $runbooks/Update-DeviceCredential.ps1 @call -Name pump-1 | Out-Null
            }
            finally {
                $env:TMPDIR, $env:TMP = $temporary
            }
            Get-ChildItem $folder -Recurse | ForEach-Object FullName | Should -Be $before
        }

        It 'goes on after a name that fails, and fails in the end' {
            { & $runbooks/Update-DeviceCredential.ps1 @call -Name pump-1, pump-1, pump-2 2>$null } | Should -Throw 'No credentials for pump-1.'
            (Restore-Credential pump-2).Token.Issuer | Should -Be $key.PublicKey
        }

        It 'gives nothing where the vault does not have the key' {
            $other = Get-NatsAccount FLEET -Store $store | Add-NatsSigningKey -Role other -AllowPublish x
            Set-Secret nats-account-jwt (Get-NatsAccount FLEET -Store $store).Jwt -Vault nats
            { & $runbooks/Update-DeviceCredential.ps1 -KeyVaultName kv -Role other -Name nobody 2>$null } | Should -Throw 'No credentials for nobody.'
            Get-Secret nats-creds-nobody -Vault nats -ErrorAction Ignore | Should -BeNullOrEmpty
        }

        foreach ($server in $servers) {
            It 'gives what server <ServerVersion> takes' -ForEach $server -Skip:$server.SkipServer {
                $url = Start-TestServer $operator ./server $ServerPath
                Get-NatsAccount FLEET -Store $store | Publish-NatsAccount -Server $url | Out-Null
                & $runbooks/Update-DeviceCredential.ps1 @call -Name pump-1 | Out-Null
                Restore-Credential pump-1 | Out-Null
                Test-Entry ./pump-1.creds | Should -BeTrue
            }
        }
    }

    Context 'Export-ExpiryReport.ps1' {
        BeforeEach {
            $seller = $operator | New-NatsAccount SELLER
            $seller | Add-NatsExport 'orders.>' Stream -Private
            $buyer = $operator | New-NatsAccount BUYER
            $activation = Get-NatsExport -Account $seller | New-NatsActivation -Subject orders.new -TargetAccount $buyer -Expires 5d
            $buyer | Add-NatsImport -From $seller -Subject orders.new -Token $activation
            $seller | New-NatsUser soon -Expires 10d | Out-Null
            $seller | New-NatsUser later -Expires 90d | Out-Null
            $seller | New-NatsUser never | Out-Null
        }

        It 'lists what ends soon, the next to end first' {
            $rows = & $runbooks/Export-ExpiryReport.ps1 -Store ./store
            $rows.Path | Should -Be 'O2/BUYER', 'O2/SELLER/soon'
            $rows.Days | Should -Be 4, 9
            (& $runbooks/Export-ExpiryReport.ps1 -Store ./store -Days 100).Count | Should -Be 3
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store -Days 1 | Should -BeNullOrEmpty
        }

        It 'writes a table' {
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store -Path report.csv | Out-Null
            $table = Import-Csv report.csv
            $table.Path | Should -Be 'O2/BUYER', 'O2/SELLER/soon'
            [datetime] $table[1].Ends | Should -BeGreaterThan ([datetime]::UtcNow.AddDays(8))
            $table[1].Ends | Should -Match '^\d{4}-\d\d-\d\d '
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store | Out-String | Should -BeLike '*Path *Ends *Days *What*'
        }

        It 'writes a page' {
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store -Path report.html | Out-Null
            $page = Get-Content report.html -Raw
            $page | Should -BeLike '*<td>O2/SELLER/soon</td>*'
            $page | Should -Not -BeLike '*later*'
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store -Path report.html -Days 1 | Should -BeNullOrEmpty
            Get-Content report.html -Raw | Should -BeLike '*Nothing.*'
        }

        It 'tells a chat, unless there is nothing to tell' {
            $sent = [System.Collections.Generic.List[string]]::new()
            function Invoke-RestMethod($Uri, $Method, $ContentType, $Body) { $sent.Add("$Uri $Method $Body") }
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store -Days 1 -WebhookUri https://chat.example/hook | Out-Null
            $sent | Should -BeNullOrEmpty
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store -WebhookUri https://chat.example/hook | Out-Null
            $sent | Should -HaveCount 1
            $sent[0] | Should -BeLike 'https://chat.example/hook Post *2 of the NATS store*O2/BUYER*O2/SELLER/soon*'
        }

        It 'changes nothing' {
            $before = Get-ChildItem ./store, ./keys -Recurse -File -Force | Get-FileHash | ForEach-Object Hash
            & $runbooks/Export-ExpiryReport.ps1 -Store ./store | Out-Null
            Get-ChildItem ./store, ./keys -Recurse -File -Force | Get-FileHash | ForEach-Object Hash | Should -Be $before
        }
    }

    Context 'Add-UserFromCsv.ps1' {
        BeforeEach {
            $account = $operator | New-NatsAccount ORDERS
            $reader = $account | Add-NatsSigningKey -Role reader -AllowSubscribe 'orders.>'
            $writer = $account | Add-NatsSigningKey -Role writer -AllowPublish 'orders.>'
            $call = @{ Account = 'ORDERS'; Store = './store'; CredentialPath = './creds'; ReportPath = './report.csv' }
        }

        It 'makes the users of the table, with their roles and credentials' {
            $rows = & $runbooks/Add-UserFromCsv.ps1 $runbooks/people.csv @call
            $rows.Result | Should -Be 'Made', 'Made', 'Made'
            (Get-NatsUser -Store $store -Account ORDERS).Role | Should -Be 'reader', 'writer', 'reader'
            (Get-NatsUser bob -Store $store).Tags | Should -Be 'team:orders', 'site:berlin'
            (Import-NatsCredential ./creds/bob.creds).Token.Issuer | Should -Be $writer.PublicKey
            (Import-Csv ./report.csv).PublicKey | Should -Be $rows.PublicKey
        }

        It 'makes nobody twice, and writes credentials that are missing' {
            $first = & $runbooks/Add-UserFromCsv.ps1 $runbooks/people.csv @call
            $credential = Get-Content ./creds/ann.creds -Raw
            Remove-Item ./creds/bob.creds
            $second = & $runbooks/Add-UserFromCsv.ps1 $runbooks/people.csv -Account O2/ORDERS -Store ./store -CredentialPath ./creds
            $second.Result | Should -Be 'Exists', 'Exists', 'Exists'
            $second.PublicKey | Should -Be $first.PublicKey
            Get-Content ./creds/ann.creds -Raw | Should -Be $credential
            './creds/bob.creds' | Should -Exist
        }

        It 'shows rows as a table, and as a list where an error follows, which a table would not survive' {
            & $runbooks/Add-UserFromCsv.ps1 $runbooks/people.csv @call | Out-String | Should -BeLike '*Name *Result *Expires *PublicKey*'
            Set-Content bad.csv 'Name,Role', 'ann,reader', 'dora,nosuchrole'
            $shown = try { & $runbooks/Add-UserFromCsv.ps1 bad.csv @call -OutVariable made } catch { "$_" }
            $made | Out-String | Should -BeLike '*Name *: ann*Reason *: *nosuchrole*'
            $shown[-1] | Should -BeLike "1 of 2 rows failed: dora: *nosuchrole*"
        }

        It 'tells that a second row of the same name made nobody, and takes a table without rows' {
            Set-Content people.csv 'Name,Role', 'fred,reader', 'fred,reader'
            (& $runbooks/Add-UserFromCsv.ps1 people.csv @call).Result | Should -Be 'Made', 'Exists'
            Set-Content people.csv 'Name,Role'
            & $runbooks/Add-UserFromCsv.ps1 people.csv @call | Should -BeNullOrEmpty
        }

        It 'makes nothing with -WhatIf' {
            (& $runbooks/Add-UserFromCsv.ps1 $runbooks/people.csv @call -WhatIf).Result | Should -Be 'Not made', 'Not made', 'Not made'
            Get-NatsUser -Store $store -Account ORDERS | Should -BeNullOrEmpty
            './creds', './report.csv' | Should -Not -Exist
        }

        It 'tells bad rows, and makes the others' {
            Set-Content people.csv 'Name,Role,Expires', 'dora,nosuchrole,30d', '../evil,reader,', ',reader,', 'emil,reader,1d12x', 'fred,reader,30d'
            { & $runbooks/Add-UserFromCsv.ps1 people.csv @call } | Should -Throw '4 of 5 rows failed*'
            $report = Import-Csv ./report.csv
            $report.Result | Should -Be 'Failed', 'Failed', 'Failed', 'Failed', 'Made'
            $report[0].Reason | Should -BeLike '*nosuchrole*'
            (Get-NatsUser -Store $store -Account ORDERS).Name | Should -Be 'fred'
        }

        It 'needs an account that there is' {
            { & $runbooks/Add-UserFromCsv.ps1 $runbooks/people.csv -Account NONE -Store ./store -CredentialPath ./creds } |
                Should -Throw "There is no account 'NONE'*"
        }
    }

    Context 'Stop-LeakedKey.ps1, with servers that cannot be reached' {
        BeforeEach {
            $account = $operator | New-NatsAccount FLEET
            $key = $account | Add-NatsSigningKey -Role device -AllowPublish 'tele.>'
            $key | New-NatsUser pump-1 | Out-Null
            $call = @{ Account = 'FLEET'; Store = './store'; Server = 'nats://127.0.0.1:1' }
            function Get-Listed { (Get-NatsSigningKey -Account FLEET -Store $store).PublicKey }
        }

        It 'replaces the key and writes a report all the same, and says how to continue' {
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./leak.json } | Should -Throw "The leak is not over*-Key $key*"
            $report = Get-Content ./leak.json -Raw | ConvertFrom-Json
            $report.IsClear | Should -BeFalse
            $report.Key, $report.NewKey | Should -Be $key.PublicKey, (Get-Listed)
            $report.Problems | Should -HaveCount 1
            $report.Problems[0] | Should -Not -BeLike '* at NatsKeys.*'
        }

        It 'does not replace the new key, which has the role, when it is run again' {
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./leak.md } | Should -Throw 'The leak is not over*'
            $new = Get-Listed
            $text = Get-Content ./leak.md -Raw
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./leak.md } | Should -Throw '*leak.md exists already*'
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key $key.PublicKey -ReportPath ./more.md } | Should -Throw 'The leak is not over*'
            Get-Listed | Should -Be $new
            Get-Content ./leak.md -Raw | Should -Be $text
            Get-Content ./more.md -Raw | Should -BeLike '*Replaced by: an earlier run*'
        }

        It 'does not guess which of two keys of a role leaked' {
            $rotation = $key | Update-NatsSigningKey -KeepOldKey
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./leak.md } | Should -Throw "*More than one*public key*"
            Get-Listed | Sort-Object | Should -Be ($key.PublicKey, $rotation.NewKey | Sort-Object)
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key $rotation.NewKey -ReportPath ./leak.md } | Should -Throw 'The leak is not over*'
            Get-Listed | Should -Not -Contain $rotation.NewKey
        }

        It 'changes nothing if the report cannot be written' {
            { & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./none/leak.md } | Should -Throw '*none*'
            Get-Listed | Should -Be $key.PublicKey
        }

        It 'changes nothing with -WhatIf' {
            & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./leak.md -WhatIf -WarningAction Ignore | Should -BeNullOrEmpty
            Get-Listed | Should -Be $key.PublicKey
            './leak.md' | Should -Not -Exist
        }
    }

    foreach ($server in $servers) {
        Context 'Stop-LeakedKey.ps1, with server <ServerVersion>' -ForEach $server -Skip:$server.SkipServer {
            It 'ends a leak with a report, and once more when it is run again' {
                $account = $operator | New-NatsAccount FLEET
                $key = $account | Add-NatsSigningKey -Role device -AllowPublish 'tele.>'
                $other = $account | Add-NatsSigningKey
                $key | New-NatsUser pump-1 | Export-NatsCredential
                $other | New-NatsUser board | Export-NatsCredential
                $url = Start-TestServer $operator ./server $ServerPath
                Set-NatsOperator O2 -ServiceUrl $url -Store $store
                Get-NatsAccount FLEET -Store $store | Publish-NatsAccount | Out-Null
                Copy-Item ./keys/creds/O2/FLEET/pump-1.creds ./old.creds
                $null = Connect-TestClient $url ./old.creds 'a thief | <b>'
                $null = Connect-TestClient $url ./keys/creds/O2/FLEET/board.creds
                $call = @{ Account = 'FLEET'; Store = './store'; ServerCount = 1 }

                { & $runbooks/Stop-LeakedKey.ps1 @call -Key nobody -ReportPath ./leak.md } | Should -Throw "*no signing key with the role 'nobody'*"
                $proof = & $runbooks/Stop-LeakedKey.ps1 @call -Key device -ReportPath ./leak.md
                $proof.IsClear | Should -BeTrue
                $report = Get-Content ./leak.md -Raw
                $report | Should -BeLike "*Nobody is connected by the key any more*$key*role device*| pump-1 | device | nats | 127.0.0.1:*a thief*"
                $report | Should -BeLike '*- user O2/FLEET/pump-1*| O2/FLEET | * Done |*'
                (Get-NatsConnection -Account FLEET -Store $store).User | Should -Be 'board'
                Test-Entry ./old.creds | Should -BeFalse
                Test-Entry ./keys/creds/O2/FLEET/pump-1.creds | Should -BeTrue

                # The same key again: an earlier run may have been interrupted before servers heard of it.
                (& $runbooks/Stop-LeakedKey.ps1 @call -Key $key.PublicKey -ReportPath ./leak.json).IsClear | Should -BeTrue
                $again = Get-Content ./leak.json -Raw | ConvertFrom-Json
                $again.IsClear | Should -BeTrue
                $again.ConnectedBefore | Should -BeNullOrEmpty
                $again.Proof[0].Account | Should -Be 'O2/FLEET'
            }
        }

        Context 'Update-OldSigningKey.ps1, with server <ServerVersion>' -ForEach $server -Skip:$server.SkipServer {
            BeforeEach {
                $account = $operator | New-NatsAccount FLEET
                $key = $account | Add-NatsSigningKey -Role device -AllowPublish 'tele.>'
                $young = $account | Add-NatsSigningKey -Role dashboard -AllowSubscribe 'tele.>'
                $key | New-NatsUser pump-1 | Export-NatsCredential
                $url = Start-TestServer $operator ./server $ServerPath
                Set-NatsOperator O2 -ServiceUrl $url -Store $store
                Get-NatsAccount FLEET -Store $store | Publish-NatsAccount | Out-Null
                Copy-Item ./keys/creds/O2/FLEET/pump-1.creds ./old.creds
                (Get-ChildItem ./keys/keys -Recurse -Filter "$key.nk").LastWriteTimeUtc = [datetime]::UtcNow.AddDays(-100)
            }

            It 'gives old keys a successor, and takes them off when clients had their time' {
                $rotation = & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d
                $rotation.OldKey | Should -Be $key.PublicKey
                (Get-NatsSigningKey -Account FLEET -Store $store).PublicKey | Should -Contain $key.PublicKey
                (Get-NatsUser pump-1 -Store $store).Issuer | Should -Be $rotation.NewKey
                Test-Entry ./old.creds | Should -BeTrue
                Test-Entry ./keys/creds/O2/FLEET/pump-1.creds | Should -BeTrue

                # A schedule that runs once more begins nothing.
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d | Should -BeNullOrEmpty

                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish | Out-Null
                (Get-NatsSigningKey -Account FLEET -Store $store).PublicKey | Sort-Object |
                    Should -Be ($rotation.NewKey, $young.PublicKey | Sort-Object)
                Test-Entry ./old.creds | Should -BeFalse
                Test-Entry ./keys/creds/O2/FLEET/pump-1.creds | Should -BeTrue
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish | Should -BeNullOrEmpty
            }

            It 'leaves alone what is young enough' {
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 200d | Should -BeNullOrEmpty
                (Get-NatsUser pump-1 -Store $store).Issuer | Should -Be $key.PublicKey
            }

            # Older servers have no stores in buckets.
            if ($server.SkipServer -or [version] ($server.ServerVersion -replace ' .*') -ge [version] '2.12') {
                It 'finishes in a bucket what it began there' -Skip:$server.SkipServer {
                    $bucket = "$(Start-TestBucketServer ./bucket $ServerPath)/b"
                    $credential = $env:NATSKEYS_CREDENTIAL
                    $env:NATSKEYS_CREDENTIAL, $env:NATSKEYS_KEYS = (Get-Item ./old.creds).FullName, (Join-Path $folder keys)
                    try {
                        New-NatsStore -Bucket b -Server ($bucket -replace '/b$') | Out-Null
                        Import-NatsStore ./store -Store $bucket
                        $rotation = & $runbooks/Update-OldSigningKey.ps1 -Store $bucket -MaxAge 90d
                        $rotation.OldKey | Should -Be $key.PublicKey
                        & $runbooks/Update-OldSigningKey.ps1 -Store $bucket -Finish | Out-Null
                        (Get-NatsSigningKey -Account FLEET -Store $bucket).PublicKey | Sort-Object |
                            Should -Be ($rotation.NewKey, $young.PublicKey | Sort-Object)
                    }
                    finally {
                        $env:NATSKEYS_CREDENTIAL = $credential
                    }
                }
            }

            It 'begins nothing and finishes nothing with -WhatIf' {
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d -WhatIf | Should -BeNullOrEmpty
                (Get-NatsSigningKey -Account FLEET -Store $store).PublicKey | Sort-Object |
                    Should -Be ($key.PublicKey, $young.PublicKey | Sort-Object)
                $rotation = $key | Update-NatsSigningKey -KeepOldKey
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish -WhatIf | Should -BeNullOrEmpty
                (Get-NatsSigningKey -Account FLEET -Store $store).PublicKey | Should -Contain $key.PublicKey
                (Compare-NatsAccount FLEET -Store $store).State | Should -Be 'Older'
                $rotation.NewKey | Should -Not -Be $key.PublicKey
            }

            It 'publishes what an earlier run could not' {
                Get-NatsAccount FLEET -Store $store | Set-NatsAccount -Description 'not published'
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 200d | Should -BeNullOrEmpty
                (Compare-NatsAccount FLEET -Store $store).State | Should -Be 'Same'
            }

            It 'comes to the system account last, and gets in at each step' {
                $system = Get-NatsSigningKey -Account SYS -Store $store
                (Get-ChildItem ./keys/keys -Recurse -Filter "$system.nk").LastWriteTimeUtc = [datetime]::UtcNow.AddDays(-100)
                $rotations = & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d
                $rotations.OldKey | Should -Be $key.PublicKey, $system.PublicKey
                $finished = & $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish
                $finished.OldKey | Should -Be $key.PublicKey, $system.PublicKey
                (Compare-NatsAccount -Store $store).State | Select-Object -Unique | Should -Be 'Same'
                './store/rotations.yaml' | Should -Not -Exist
                (Get-NatsSigningKey -Account SYS -Store $store).PublicKey | Should -Be $rotations[1].NewKey
            }

            It 'takes no key off whose successor servers have not confirmed' {
                $system = Get-NatsSigningKey -Account SYS -Store $store
                $key, $system | Update-NatsSigningKey -KeepOldKey | Out-Null
                { & $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish } | Should -Throw '*O2/FLEET*learned only now*O2/SYS*learned only now*'
                (Get-NatsSigningKey -Account FLEET -Store $store).PublicKey | Should -Contain $key.PublicKey
                Test-Entry ./old.creds | Should -BeTrue
                (& $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish).OldKey | Should -Be $key.PublicKey, $system.PublicKey
                Test-Entry ./old.creds | Should -BeFalse
            }

            It 'ends what an earlier run could not tell the servers about the system account' {
                $system = Get-NatsSigningKey -Account SYS -Store $store
                $system | Update-NatsSigningKey -Confirm:$false -Compromised -WarningAction Ignore | Out-Null
                & $runbooks/Update-OldSigningKey.ps1 -Store ./store -Finish | Should -BeNullOrEmpty
                (Compare-NatsAccount SYS -Store $store).State | Should -Be 'Same'
                './store/rotations.yaml' | Should -Not -Exist
            }

            It 'fails where something is pending' {
                Add-Content ./store/O2/accounts/FLEET/users/pump-1.yaml 'tags: [edited]'
                { & $runbooks/Update-OldSigningKey.ps1 -Store ./store -MaxAge 90d 2>$null } | Should -Throw 'Something could not be signed again*'
            }
        }
    }
}

# What the pipelines of Azure DevOps and GitHub call, run as they call it: in a checkout of a repository, against a real server.

BeforeDiscovery {
    Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
    $noGit = -not (Get-Command git -ErrorAction Ignore)
    $servers = Get-TestServer
}

Describe 'Invoke-StorePipeline.ps1, as <file> calls it' -ForEach @{ file = 'azure-pipelines.yml' }, @{ file = 'github-workflow.yml' } -Skip:$noGit {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestVault/TestVault.psm1"))
        $pipelines = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/pipelines")

        # The command that the file of the pipeline has for a task.
        function Invoke-Step([string] $Task) {
            $command = Select-String "\./nats/Invoke-StorePipeline\.ps1 -Task $Task .*" (Join-Path $pipelines $file) |
                ForEach-Object { $_.Matches[0].Value } | Select-Object -First 1
            Invoke-Expression $command
        }

        # Azure, as far as the script asks it for something: the job signed in before.
        function Get-AzContext { @{ Subscription = @{ Id = 'a-subscription' } } }
        function Register-SecretVault($Name, $ModuleName, $VaultParameters, [switch] $AllowClobber) {
            "$Name $ModuleName $($VaultParameters.AZKVaultName) $($VaultParameters.SubscriptionId)" |
                Should -Be 'nats Az.KeyVault kv-nats a-subscription'
        }

        function Save-Edit([string] $Message) {
            git add --all .
            git -c user.name=test -c user.email=test@example.com commit --quiet --message $Message
            git push --quiet origin HEAD:main
        }

        function Get-Pushed { git ls-remote origin refs/heads/main | ForEach-Object { ($_ -split '\s')[0] } }
    }

    BeforeEach {
        $folder = Enter-TestFolder
        git init --quiet --bare --initial-branch=main (Join-Path $folder origin)
        git clone --quiet (Join-Path $folder origin) (Join-Path $folder checkout) 2>$null
        Set-Location (Join-Path $folder checkout)

        # The keys are somewhere else: what signs here comes from the secrets of the pipeline alone.
        $env:NATSKEYS_STORE = $null
        $env:NATSKEYS_KEYS = Join-Path $folder keys
        $store = New-NatsStore ./nats/store
        Copy-Item (Join-Path $pipelines Invoke-StorePipeline.ps1) ./nats
        $operator = New-NatsOperator O2 -SystemAccount SYS -GenerateSigningKey -Store $store
        $operator | New-NatsAccount ORDERS | Out-Null
        $env:KEY_VAULT_NAME = 'kv-nats'
        $operatorKey = Get-NatsSigningKey -Operator $operator | Where-Object OwnerKind -EQ Operator
        $systemKey = Get-NatsSigningKey -Account SYS -Store $store
        $operatorKey, $systemKey | ForEach-Object { Set-Secret "nats-$_" ($_ | Export-NatsKeyPair -AsSecureString) -Vault nats }
        $account = './nats/store/O2/accounts/ORDERS/account.yaml'
    }

    AfterEach {
        Stop-TestServer
        Unregister-NatsKeySource *
        Remove-Item Env:KEY_VAULT_NAME
        Exit-TestFolder
    }

    It 'checks a pull request without a key, and shows what will be signed' {
        Save-Edit 'begin'
        Add-Content $account "claims:`n  limits:`n    conn: 100"
        $operatorKey, $systemKey | ForEach-Object { Set-Secret "nats-$_" 'none' -Vault nats }
        (Invoke-Step Test) -join "`n" | Should -BeLike '*limits.conn*100*'
        'nats.sarif', 'nats.xml' | Where-Object { Test-Path $_ } | Should -HaveCount 1
        git status --porcelain nats | Should -Be ' M nats/store/O2/accounts/ORDERS/account.yaml'
    }

    It 'is content where nothing was edited' {
        { Invoke-Step Test } | Should -Not -Throw
    }

    It 'refuses a pull request that servers would refuse' {
        Add-Content $account "claims:`n  default_permissions:`n    pub:`n      allow: [a..b]"
        { Invoke-Step Test 2>$null } | Should -Throw '1 faults*'
    }

    It 'reports what is wrong with the store' {
        (Get-Content $account -Raw) -replace 'jwt: ey', 'jwt: ex' | Set-Content $account -NoNewline
        { Invoke-Step Test 2>$null } | Should -Throw '* faults. Correct the files.'
        Get-Content nats.sarif, nats.xml -Raw -ErrorAction Ignore | Should -BeLike '*token.*'
    }

    It 'lets no access be granted without a reviewer' {
        Save-Edit 'begin'
        Copy-Item ./nats/store (Join-Path $folder before) -Recurse
        $test = @{ Task = 'Test'; Store = './nats/store'; Before = (Join-Path $folder before); AccessPath = 'access.md' }
        { ./nats/Invoke-StorePipeline.ps1 @test } | Should -Not -Throw
        Add-Content $account "claims:`n  exports:`n  - name: orders`n    subject: orders.>`n    type: stream"
        { ./nats/Invoke-StorePipeline.ps1 @test } | Should -Throw '1 changes grant access*'
        Get-Content access.md -Raw | Should -BeLike '*granted*account O2/ORDERS*export orders.*'
        { ./nats/Invoke-StorePipeline.ps1 @test -ApproveAccess } | Should -Not -Throw
    }

    It 'refuses an account without a public key' {
        New-Item ./nats/store/O2/accounts/NEW -ItemType Directory | Out-Null
        Set-Content ./nats/store/O2/accounts/NEW/account.yaml 'kind: account'
        { Invoke-Step Test 2>$null } | Should -Throw '*O2/NEW*subject*'
        { Invoke-Step Apply 2>$null } | Should -Throw '*O2/NEW*subject*'
    }

    It 'signs with seeds of environment variables, where there is no vault' {
        Save-Edit 'begin'
        Add-Content $account 'tags: [edited]'
        $env:NATS_OPERATOR_SEED = $operatorKey | Export-NatsKeyPair -AsPlainText
        try {
            # There is no server to publish to. What was signed and pushed is what counts here.
            { ./nats/Invoke-StorePipeline.ps1 -Task Apply -Store ./nats/store -SeedVariable NATS_OPERATOR_SEED 2>$null } |
                Should -Throw -ErrorId 'InvalidServer,*'
        }
        finally {
            Remove-Item Env:NATS_OPERATOR_SEED
        }
        (Get-NatsAccount ORDERS -Store $store).Issuer | Should -Be $operatorKey.PublicKey
        git log -1 --format=%s origin/main | Should -Be 'Sign what was merged [skip ci]'
    }

    foreach ($server in $servers) {
        $skip = $noGit -or $server.SkipServer
        It 'signs, commits and publishes after the merge, and once alone, with server <ServerVersion>' -ForEach $server -Skip:$skip {
            Set-NatsOperator O2 -ServiceUrl (Start-TestServer $operator (Join-Path $folder server) $ServerPath) -Store $store
            Add-Content $account "claims:`n  limits:`n    conn: 100"
            Save-Edit 'merged'

            Invoke-Step Apply | Out-Null

            (Get-NatsAccount ORDERS -Store $store).State | Should -Be 'Signed'
            (Get-NatsAccount ORDERS -Store $store).Issuer | Should -Be (Get-NatsSigningKey -Operator $operator).PublicKey
            git log -1 --format=%s origin/main | Should -Be 'Sign what was merged [skip ci]'
            git status --porcelain nats | Should -BeNullOrEmpty
            (Compare-NatsAccount -Operator O2 -Store $store).State | Select-Object -Unique | Should -Be 'Same'

            $pushed = Get-Pushed
            Invoke-Step Apply | Should -BeNullOrEmpty
            Get-Pushed | Should -Be $pushed
        }

        It 'publishes nothing where the vault has another key, with server <ServerVersion>' -ForEach $server -Skip:$skip {
            Set-NatsOperator O2 -ServiceUrl (Start-TestServer $operator (Join-Path $folder server) $ServerPath) -Store $store
            Save-Edit 'begin'
            Add-Content $account 'tags: [edited]'
            $pushed = Get-Pushed
            Set-Secret "nats-$operatorKey" (New-NatsKeyPair Operator | Export-NatsKeyPair -AsSecureString) -Vault nats
            { Invoke-Step Apply 2>$null } | Should -Throw -ErrorId 'KeyConflict,*'
            Get-Pushed | Should -Be $pushed
            (Compare-NatsAccount ORDERS -Store $store).State | Should -Be 'Missing'
        }
    }
}

Describe 'Install-NatsKeys.ps1' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        $script = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/pipelines/Install-NatsKeys.ps1")
        $text = 'what the gallery has'

        # The gallery and the module folder of the user.
        function Save-PSResource($Name, $Version, $Path, [switch] $AsNupkg, [switch] $TrustRepository) {
            Set-Content (Join-Path $Path "$Name.$Version.nupkg") $text -NoNewline
        }
        function Register-PSResourceRepository($Name, $Uri, [switch] $Trusted, [switch] $Force) { $done.Add("register $Name") }
        function Unregister-PSResourceRepository($Name, $ErrorAction) { $done.Add("unregister $Name") }
        function Install-PSResource($Name, $Version, $Repository, [switch] $Reinstall) {
            $done.Add("$($Reinstall ? 'replace' : 'install') $Name $Version from $Repository")
        }
        $hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($text)))
    }

    BeforeEach {
        $done = [System.Collections.Generic.List[string]]::new()
    }

    It 'installs the package that was reviewed, from the file that was compared' {
        & $script -Version 0.9.0 -Hash $hash.ToLowerInvariant()
        $done | Should -Be 'register NatsKeysReviewed', 'replace NatsKeys 0.9.0 from NatsKeysReviewed', 'unregister NatsKeysReviewed'
    }

    It 'installs no other' {
        { & $script -Version 0.9.0 -Hash ('0' * 64) } | Should -Throw "*$hash*not the one that was reviewed*"
        $done | Should -Be 'unregister NatsKeysReviewed'
    }

    It 'installs nothing where nobody replaced the hash in <_>' -ForEach 'azure-pipelines.yml', 'github-workflow.yml' {
        $value = Select-String 'NATSKEYS_SHA256: (.+)' (Join-Path (Split-Path $script) $_) | ForEach-Object { $_.Matches[0].Groups[1].Value }
        $value | Should -HaveCount 1
        { & $script -Version 0.9.0 -Hash $value } | Should -Throw '*not a SHA-256*NATSKEYS_SHA256*'
        $done | Should -BeNullOrEmpty
    }
}

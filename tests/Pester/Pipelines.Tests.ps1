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
        $pipelines = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/pipelines")

        # The command that the file of the pipeline has for a task.
        function Invoke-Step([string] $Task) {
            $command = Select-String "\./nats/Invoke-StorePipeline\.ps1 -Task $Task .*" (Join-Path $pipelines $file) |
                ForEach-Object { $_.Matches[0].Value }
            Invoke-Expression $command
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
        $env:NATS_OPERATOR_SEED = Get-NatsSigningKey -Operator $operator | Export-NatsKeyPair -AsPlainText
        $env:NATS_SYSTEM_SEED = Get-NatsSigningKey -Account SYS -Store $store | Export-NatsKeyPair -AsPlainText
        $account = './nats/store/O2/accounts/ORDERS/account.yaml'
    }

    AfterEach {
        Stop-TestServer
        Unregister-NatsKeySource *
        Remove-Item Env:NATS_OPERATOR_SEED, Env:NATS_SYSTEM_SEED
        Exit-TestFolder
    }

    It 'checks a pull request without a key, and shows what will be signed' {
        Save-Edit 'begin'
        Add-Content $account "claims:`n  limits:`n    conn: 100"
        Remove-Item Env:NATS_OPERATOR_SEED, Env:NATS_SYSTEM_SEED
        $env:NATS_OPERATOR_SEED = $env:NATS_SYSTEM_SEED = 'none'
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

    It 'refuses an account without a public key' {
        New-Item ./nats/store/O2/accounts/NEW -ItemType Directory | Out-Null
        Set-Content ./nats/store/O2/accounts/NEW/account.yaml 'kind: account'
        { Invoke-Step Test 2>$null } | Should -Throw '*O2/NEW*subject*'
        { Invoke-Step Apply 2>$null } | Should -Throw '*O2/NEW*subject*'
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

        It 'publishes nothing where it cannot sign, with server <ServerVersion>' -ForEach $server -Skip:$skip {
            Set-NatsOperator O2 -ServiceUrl (Start-TestServer $operator (Join-Path $folder server) $ServerPath) -Store $store
            Save-Edit 'begin'
            Add-Content $account 'tags: [edited]'
            $pushed = Get-Pushed
            $env:NATS_OPERATOR_SEED = New-NatsKeyPair Operator | Export-NatsKeyPair -AsPlainText
            { Invoke-Step Apply 2>$null } | Should -Throw -ErrorId 'SigningKeyNotFound,*'
            Get-Pushed | Should -Be $pushed
            (Compare-NatsAccount ORDERS -Store $store).State | Should -Be 'Missing'
        }
    }
}

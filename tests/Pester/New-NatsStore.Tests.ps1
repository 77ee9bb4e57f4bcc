Describe 'New-NatsStore' {
    BeforeDiscovery {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $server = Get-TestServer -Newest
        $noBuckets = -not $server.ServerPath -or [version] $server.ServerVersion -lt '2.12'
    }

    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Exit-TestFolder
    }

    It 'makes a folder that belongs into Git and has no secret' {
        $store = New-NatsStore ./mine -KeyPath ./secret
        (Get-ChildItem ./mine -Force | Sort-Object Name).Name | Should -Be '.gitignore', '.natskeys.lock', 'natskeys.yaml'
        $store.Location | Should -Be (Get-Item ./mine).FullName
    }

    It 'makes a store in a bucket, which another session opens by its address' -ForEach $server -Skip:$noBuckets {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        try {
            $url = Start-TestBucketServer $PWD/server $ServerPath
            $boot = New-NatsStore -InMemory
            $user = New-NatsOperator BOOT -Store $boot | New-NatsAccount KEYS | New-NatsUser admin
            New-NatsStore -Bucket b -Server $url -Credential $user -WhatIf
            { Get-NatsStore -Bucket b -Server $url -Credential $user -ErrorAction Stop } | Should -Throw -ErrorId 'StoreNotFound,*'

            $store = New-NatsStore -Bucket b -Server $url -Credential $user
            New-NatsOperator O2 -Store $store | New-NatsAccount A | New-NatsUser U | Export-NatsCredential ./U.creds | Out-Null
            $env:NATSKEYS_CREDENTIAL = "$PWD/U.creds"
            (Get-NatsUser -Store "$url/b").Name | Should -Be U
            (Get-NatsStore -Bucket b -Server $url -Credential $user -History).Action | Should -Be Created, Created, Created
            Export-NatsStore ./mirror -AsFolder -Store $store
            (Get-NatsUser -Store ./mirror).Jwt | Should -Be (Get-NatsUser -Store $store).Jwt
            { New-NatsStore -Bucket b -Server $url -Credential $user -ErrorAction Stop } | Should -Throw -ErrorId 'StoreExists,*'
        }
        finally {
            $env:NATSKEYS_CREDENTIAL = $null
            Stop-TestServer
        }
    }

    It 'works on a PSDrive' {
        New-PSDrive Stores FileSystem $PWD.Path | Out-Null
        try { (New-NatsStore Stores:/mine).Location | Should -Be (Join-Path $PWD mine) } finally { Remove-PSDrive Stores }
    }
}

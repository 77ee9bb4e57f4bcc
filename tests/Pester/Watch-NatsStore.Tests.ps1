Describe 'Watch-NatsStore' {
    BeforeDiscovery {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $server = Get-TestServer -Newest
        $noBuckets = -not $server.ServerPath -or [version] $server.ServerVersion -lt '2.12'
    }

    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $module = (Get-Module NatsKeys).Path
    }

    BeforeEach {
        Enter-TestFolder | Out-Null
    }

    AfterEach {
        Stop-TestServer
        Exit-TestFolder
    }

    It 'says that a folder has no changes to watch' {
        { New-NatsStore ./store | Watch-NatsStore -For 1s -ErrorAction Stop } | Should -Throw -ErrorId 'NoHistory,*'
    }

    It 'gives what somebody else changes, and an account that can be piped on' -ForEach $server -Skip:$noBuckets {
        $url = Start-TestBucketServer $PWD/server $ServerPath
        $user = New-NatsOperator BOOT -Store (New-NatsStore -InMemory) | New-NatsAccount KEYS | New-NatsUser admin
        $store = New-NatsStore -Bucket b -Server $url -Credential $user
        New-NatsOperator O2 -Store $store | New-NatsAccount A | Out-Null

        # Somebody else begins once the watch has.
        $other = [powershell]::Create().AddScript({
            param($Module, $Store)
            Import-Module $Module
            foreach ($number in 1..40) {
                Start-Sleep -Milliseconds 200
                Get-NatsAccount A -Store $Store | Set-NatsAccount -MaxConnections $number
            }
        }).AddArgument($module).AddArgument($store)
        $running = $other.BeginInvoke()
        $changes = @($store | Watch-NatsStore -Kind Account -For 6s)
        $other.EndInvoke($running)
        $other.Dispose()
        $changes.Count | Should -BeGreaterThan 2
        $changes[0].Action | Should -Be Changed
        $changes[-1].Revision | Should -BeGreaterThan $changes[0].Revision
        $changes[1].Differences | Should -BeLike 'MaxConnections *'
        $changes[0].GetEntity().MaxConnections | Should -BeLessThan $changes[-1].GetEntity().MaxConnections
    }
}

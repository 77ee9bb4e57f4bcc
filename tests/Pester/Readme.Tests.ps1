BeforeDiscovery {
    Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
    $newest = Get-TestServer -Newest
}

Describe 'The readme' {
    BeforeAll {
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestSession/TestSession.psm1"))
        Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../TestServer/TestServer.psm1"))
        $root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
        $readme = (Get-Content "$root/README.md" -Raw).ReplaceLineEndings("`n")
        function Get-Block([string] $Language) {
            [regex]::Matches($readme, "(?ms)^``````$Language\n(.*?)^``````$") | ForEach-Object { $_.Groups[1].Value }
        }
        Enter-TestFolder | Out-Null

        # The readme names a store itself.
        $env:NATSKEYS_STORE = ''
        $env:NATSKEYS_KEYS = ''
    }

    AfterAll {
        Exit-TestFolder
    }

    It 'has commands that work when they are typed in their order, and the diagram that they draw' {
        $withServer, $blocks = (Get-Block powershell).Where({ $_ -match 'nats-server' }, 'Split')
        $withServer | Should -HaveCount 1
        $blocks.Count | Should -BeGreaterThan 3

        # Each block goes on from the one before it, as in a session.
        $printed = . { foreach ($block in $blocks) { . ([scriptblock]::Create($block)) } }
        $mermaid = @(Get-Block mermaid)
        $mermaid | Should -HaveCount 1
        @($printed | Where-Object { $_ -is [string] -and $_ -like 'flowchart*' }) | Should -BeExactly $mermaid[0]
        @($printed | Where-Object { $_ -is [bool] }) | Should -Be $true
        ($printed | Where-Object Rule).IsAllowed | Should -BeFalse
        Get-NatsUser ann, bob -Account A | Select-Object -ExpandProperty State | Should -Be Signed, Signed
        Get-ChildItem . -Name | Should -Be demo
        './demo/sensor-1.creds', './demo/U.creds', './demo/memory.conf' | Should -Exist
        Test-NatsStore | Should -BeTrue
        Test-NatsStore -Detailed | Should -BeNullOrEmpty
    }

    It 'has commands for servers that work after those (server <ServerVersion>)' -ForEach $newest -Skip:$newest.SkipServer {
        $block = (Get-Block powershell).Where({ $_ -match 'nats-server' })
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()

        # The keys that sign are those of the steps before.
        $op = Get-NatsOperator O2 -Store ./demo/store
        $osk = $op | Add-NatsSigningKey
        $env:NATSKEYS_STORE = Join-Path $pwd demo store
        $server = $null
        try {
            $printed = . ([scriptblock]::Create($block.Replace('4222', $port).Replace('Start-Process nats-server', "Start-Process '$ServerPath'")))
            $server.WaitForExit(10000) | Should -BeTrue
        }
        finally {
            if ($server -and -not $server.HasExited) {
                $server.Kill()
            }
        }
        $published = @($printed | Where-Object { $_.PSObject.Properties['Outcome'] })
        $published.Account | Should -Be O2/A, O2/SYS
        $published.Where({ $_.Account -ne 'O2/SYS' }).Outcome | Select-Object -Unique | Should -Be Done
        $published.Where({ $_.Account -eq 'O2/SYS' }).Outcome | Should -Be Unchanged
        $compared = @($printed | Where-Object { $_.PSObject.Properties['Differences'] })
        @($compared.State) | Should -Be Same, Same
    }

    It 'has C# of which a program outside of the repository can make use: <Page>' -ForEach @(
        @{
            Page = 'README.md'
            Given = 'string account = NatsKeyPair.Generate(NatsKeyType.Account).PublicKey;'
            Answer = 'jwt.Name + " " + findings.Count'
            Expected = 'U 0'
        }
        @{ Page = 'src/NatsKeys.Core/README.md'; Given = ''; Answer = 'read.Name + " " + decision.IsAllowed'; Expected = 'ann True' }
    ) {
        $text = (Get-Content "$root/$Page" -Raw).ReplaceLineEndings("`n")
        $shown = [regex]::Matches($text, '(?ms)^```csharp\n(.*?)^```$')
        $shown | Should -HaveCount 1

        # The libraries trust the projects of tests. They do not trust what is compiled here.
        $library = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'NatsKeys.Core' }, 'Last')[0]
        $program = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).dll"
        $references = $library.Location, 'System.Console', 'System.Collections', 'System.Runtime'
        Add-Type -OutputAssembly $program -ReferencedAssemblies $references -TypeDefinition @"
            using System; using System.Collections.Generic; using NatsKeys.Claims; using NatsKeys.Jwt; using NatsKeys.Keys; using NatsKeys.Rules;
            public static class Outsider { public static string Run() { $Given $($shown[0].Groups[1].Value) return $Answer; } }
"@

        # Windows does not delete a file from which a library is loaded.
        $copy = [System.IO.MemoryStream]::new([System.IO.File]::ReadAllBytes($program))
        $loaded = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($library).LoadFromStream($copy)
        $loaded.GetType('Outsider').GetMethod('Run').Invoke($null, @()) | Should -BeExactly $Expected
    }

    It 'ignores in Git what its commands make' {
        Get-Content "$root/.gitignore" | Should -Contain '/demo/'
    }

    It 'has the picture that the script draws today: run docs/New-LeakDrill.ps1 if it differs' {
        $drawn = & "$root/docs/New-LeakDrill.ps1" -Path (Join-Path $TestDrive drawn.svg)
        (Get-Content $drawn -Raw).ReplaceLineEndings("`n") | Should -BeExactly (Get-Content "$root/docs/leak-drill.svg" -Raw).ReplaceLineEndings("`n")
        $readme | Should -BeLikeExactly '*(docs/leak-drill.svg)*'
    }
}

# Real servers on free ports of this machine, for tests in PowerShell.

$running = [System.Collections.Generic.List[System.Diagnostics.Process]]::new()
$clients = [System.Collections.Generic.List[System.Net.Sockets.TcpClient]]::new()

# What Debian has: its releases, and what comes next. Of the newest there may be none: its suite changes every day.
$lines = @(
    @{ Name = '2.9'; Before = [version] '2.10'; Required = $true }
    @{ Name = '2.10'; Before = [version] '2.11'; Required = $true }
    @{ Name = '2.11 or newer'; Before = [version] '9999.0'; Required = $false }
)

<#
.SYNOPSIS
    Gets the servers of this machine for -ForEach, the oldest first: ServerVersion, and ServerPath. SkipServer is whether its tests are skipped,
    for it is not there; where NATSKEYS_REQUIRE_NATS_SERVER=1 asks for it they run, and fail.
.PARAMETER Newest
    The newest alone, for a test that asks nothing that versions could answer differently.
#>
function Get-TestServer([switch] $Newest) {
    $found = @(Get-ServerPath | ForEach-Object { @{ ServerVersion = Get-ServerVersion $_; ServerPath = $_; SkipServer = $false } } |
        Sort-Object { [version] $_.ServerVersion } -Unique)
    if ($Newest -and $found) {
        return $found[-1]
    }
    $from = [version] '0.0'
    foreach ($line in $lines) {
        $of = @($found | Where-Object { [version] $_.ServerVersion -ge $from -and [version] $_.ServerVersion -lt $line.Before })
        $skip = -not ($line.Required -and $env:NATSKEYS_REQUIRE_NATS_SERVER -eq '1')
        if ($of) { $of } else { @{ ServerVersion = $line.Name; ServerPath = $null; SkipServer = $skip } }
        $from = $line.Before
        if ($Newest) { return }
    }
}

# Those that the variable lists; without it, those of tests/get-nats-servers and the one on the path.
function Get-ServerPath {
    if ($env:NATSKEYS_NATS_SERVERS) {
        return $env:NATSKEYS_NATS_SERVERS.Split([System.IO.Path]::PathSeparator, [System.StringSplitOptions] 'RemoveEmptyEntries, TrimEntries')
    }
    Get-ChildItem ([System.IO.Path]::Combine($PSScriptRoot, '..', 'nats-servers', '*', 'nats-server')) -ErrorAction Ignore | ForEach-Object FullName
    Get-Command nats-server, /usr/sbin/nats-server, /usr/local/sbin/nats-server -CommandType Application -ErrorAction Ignore |
        Select-Object -First 1 | ForEach-Object Source
}

function Get-ServerVersion([string] $Path) { (& $Path --version) -replace '^.*v|-.*$' }

<#
.SYNOPSIS
    Starts a server with a full resolver in a folder of its own, and gives its address. It knows the system account alone.
.PARAMETER Path
    The program: ServerPath of Get-TestServer.
#>
function Start-TestServer([Parameter(Mandatory)] [object] $Operator, [Parameter(Mandatory)] [string] $Folder, [string] $Path) {
    if (-not $Path) {
        throw 'There is no such nats-server here: tests/get-nats-servers gets it.'
    }

    New-Item $Folder -ItemType Directory -Force | Out-Null
    $configuration = Join-Path $Folder server.conf
    $log = Join-Path $Folder server.log

    # A port that was free a moment ago may be somebody else's by now.
    foreach ($attempt in 1..3) {
        $port = Get-FreePort
        New-NatsServerConfig $configuration -Operator $Operator -Resolver Full -Directory (Join-Path $Folder jwt) -AllowDelete `
            -Address 127.0.0.1 -Port $port -Force
        $process = Start-Process $Path -ArgumentList '-c', "`"$configuration`"", '-l', "`"$log`"" -PassThru
        if (Wait-Port $port $process) {
            $running.Add($process)
            return "nats://127.0.0.1:$port"
        }
    }
    throw "nats-server did not start: $(Get-Content $log -Raw -ErrorAction Ignore)"
}

<#
.SYNOPSIS
    Connects to a server with credentials, and stays: a TCP connection that signs what the server asks, and does no more. It is closed with the
    servers.
#>
function Connect-TestClient([Parameter(Mandatory)] [string] $Url, [Parameter(Mandatory)] [string] $Credential, [string] $Name = 'test') {
    $address = [uri] $Url
    $client = [System.Net.Sockets.TcpClient]::new($address.Host, $address.Port)
    $clients.Add($client)
    $lines = Get-Content $Credential
    $reader = [System.IO.StreamReader]::new($client.GetStream())
    $nonce = ($reader.ReadLine().Substring(5) | ConvertFrom-Json).nonce
    $seed = ConvertTo-SecureString ($lines -match '^SU')[0] -AsPlainText -Force
    $proof = ($nonce | New-NatsSignature -SigningKey $seed).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    $hello = @{ jwt = ($lines -match '^eyJ')[0]; sig = $proof; name = $Name; verbose = $false; lang = 'pwsh'; version = '1' } |
        ConvertTo-Json -Compress
    $client.GetStream().Write([System.Text.Encoding]::ASCII.GetBytes("CONNECT $hello`r`nPING`r`n"))
    while (($line = $reader.ReadLine()) -ne 'PONG') {
        if ($null -eq $line -or $line -like '-ERR*') {
            throw "The server refuses the client: $line"
        }
    }
    $client
}

<#
.SYNOPSIS
    Starts a server with JetStream that lets everybody in, as whoever they say they are, and gives its address: it can keep a store in a bucket.
.PARAMETER Path
    The program: ServerPath of Get-TestServer.
#>
function Start-TestBucketServer([Parameter(Mandatory)] [string] $Folder, [string] $Path) {
    if (-not $Path) {
        throw 'There is no such nats-server here: tests/get-nats-servers gets it.'
    }

    New-Item $Folder -ItemType Directory -Force | Out-Null
    foreach ($attempt in 1..3) {
        $port = Get-FreePort
        $arguments = '-a', '127.0.0.1', '-p', $port, '-js', '-sd', "`"$Folder`"", '-l', "`"$Folder/server.log`""
        $process = Start-Process $Path -ArgumentList $arguments -PassThru
        if (Wait-Port $port $process) {
            $running.Add($process)
            return "nats://127.0.0.1:$port"
        }
    }
    throw "nats-server did not start: $(Get-Content $Folder/server.log -Raw -ErrorAction Ignore)"
}

# Ends all servers that this session has started.
function Stop-TestServer {
    $clients | ForEach-Object Dispose
    $clients.Clear()
    foreach ($process in $running) {
        $process.Kill()
        $process.WaitForExit()
    }
    $running.Clear()
}

function Get-FreePort {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}

# Whether the server listens in the end; it has ended otherwise, or takes longer than a slow machine needs.
function Wait-Port([int] $Port, [System.Diagnostics.Process] $Process) {
    foreach ($attempt in 1..600) {
        if ($Process.HasExited) {
            return $false
        }
        $client = [System.Net.Sockets.TcpClient]::new()
        try {
            $client.Connect([System.Net.IPAddress]::Loopback, $Port)
            return $true
        }
        catch [System.Net.Sockets.SocketException] {
            Start-Sleep -Milliseconds 50
        }
        finally {
            $client.Dispose()
        }
    }
    $Process.Kill()
    $false
}

Export-ModuleMember -Function Get-TestServer, Start-TestServer, Start-TestBucketServer, Stop-TestServer, Connect-TestClient

# A real nats-server on a free port of this machine, for tests in PowerShell.

$program = Get-Command nats-server, /usr/sbin/nats-server, /usr/local/sbin/nats-server -CommandType Application -ErrorAction Ignore | Select-Object -First 1
$running = [System.Collections.Generic.List[System.Diagnostics.Process]]::new()

# Whether tests that need a server are to be skipped. Where one is required they run, and fail without it.
function Test-ServerMissing { -not $program -and $env:NATSKEYS_REQUIRE_NATS_SERVER -ne '1' }

<#
.SYNOPSIS
    Starts a server with a full resolver in a folder of its own, and gives its address. It knows the system account alone.
#>
function Start-TestServer([Parameter(Mandatory)] [object] $Operator, [Parameter(Mandatory)] [string] $Folder) {
    if (-not $program) {
        throw 'There is no nats-server on the path: install it (apt install nats-server).'
    }

    New-Item $Folder -ItemType Directory -Force | Out-Null
    $configuration = Join-Path $Folder server.conf
    $log = Join-Path $Folder server.log

    # A port that was free a moment ago may be somebody else's by now.
    foreach ($attempt in 1..3) {
        $port = Get-FreePort
        New-NatsServerConfig $configuration -Operator $Operator -Resolver Full -Directory (Join-Path $Folder jwt) -AllowDelete -Address 127.0.0.1 -Port $port -Force
        $process = Start-Process $program.Source -ArgumentList '-c', "`"$configuration`"", '-l', "`"$log`"" -PassThru
        if (Wait-Port $port $process) {
            $running.Add($process)
            return "nats://127.0.0.1:$port"
        }
    }
    throw "nats-server did not start: $(Get-Content $log -Raw -ErrorAction Ignore)"
}

# Ends all servers that this session has started.
function Stop-TestServer {
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

Export-ModuleMember -Function Test-ServerMissing, Start-TestServer, Stop-TestServer

using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Net.Sockets;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>Ctrl+C, while somebody waits for a server that takes the connection and never says a word.</summary>
public sealed class StoppedTests
{
    [Theory]
    [InlineData("Test-NatsConnection ($a | New-NatsUser U)")]
    [InlineData("$a | Publish-NatsAccount")]
    [InlineData("Compare-NatsAccount -Store $s")]
    [InlineData("Receive-NatsAccount -Store $s")]
    [InlineData("$a | Unpublish-NatsAccount -Confirm:$false")]
    public async Task A_wait_for_a_server_ends_when_the_pipeline_is_stopped(string command)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string url = string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        shell.AddScript(
            $"""
            param($manifest, $url)
            Import-Module $manifest
            $s = New-NatsStore -InMemory
            $a = New-NatsOperator O -Store $s -SystemAccount SYS -ServiceUrl $url | New-NatsAccount A
            'ready'
            {command} -Timeout 20:00:00
            'not reached'
            """).AddArgument(PowerShellSession.ManifestPath).AddArgument(url);
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        using TcpClient client = await silent.AcceptTcpClientAsync();

        await Task.Run(shell.Stop).WaitAsync(NatsServer.Patience);

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Equal("ready", Assert.Single(output).ToString());
        Assert.Empty(shell.Streams.Error);
        Assert.NotNull(running);
    }
}

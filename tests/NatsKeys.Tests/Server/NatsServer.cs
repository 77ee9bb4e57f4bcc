using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NATS.Client.Core;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A real nats-server on a free port of this machine, as a process of its own, which ends with the object. It is of the version that the test is for.
/// </summary>
internal sealed class NatsServer : IDisposable
{
    // Clients of a busy machine take longer to sign than servers wait for them, and wait longer themselves until they are refused.
    private const string Patient = "authorization { timeout: 8 }";

    /// <summary>How long a test waits for what must come. It is never waited for what does not: a busy machine may take its time.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Systems give connections higher ports: one of a client would be in the way of a server that starts later.
    private const int FirstPort = 10_000;
    private const int LastPort = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    private readonly string folder;
    private readonly string log;
    private readonly NatsServerProgram? program = NatsServerProgram.Current;
    private Process? process;

    /// <summary>Prepares a server.</summary>
    /// <param name="folder">The folder for its files, which is made where it is not there.</param>
    internal NatsServer(string folder)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        log = Path.Combine(folder, "server.log");
    }

    /// <summary>Gets the address at which the server listens.</summary>
    internal string Url { get; private set; } = "";

    /// <summary>Gets the port of a server that comes back where it was; null for a free one each time.</summary>
    internal int? Port { get; init; }

    /// <summary>Gets the version of the server; throws where the test is for none.</summary>
    internal ServerVersion Version => program!.Version;

    /// <summary>Gets what the server wrote into its log so far.</summary>
    internal string Log
    {
        get
        {
            using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadToEnd();
        }
    }

    /// <summary>Waits until the server has ended by itself.</summary>
    /// <returns>Whether it has.</returns>
    internal bool WaitForEnd() => process!.WaitForExit(Patience);

    /// <summary>Starts the server, or starts it anew, with an operator's part of the configuration.</summary>
    internal Task StartAsync(string configuration) =>
        StartAsync(port => string.Create(CultureInfo.InvariantCulture, $"listen: 127.0.0.1:{port}\n\n{configuration}"));

    /// <summary>Starts the server with a configuration for a port.</summary>
    internal async Task StartAsync(Func<int, string> configure)
    {
        Stop();
        string executable = program?.Path
            ?? throw new FileNotFoundException(
                "There is no such nats-server here: tests/get-nats-servers gets it. A test with one is a NatsServerFact or NatsServerTheory.");
        string path = Path.Combine(folder, "server.conf");

        // A port that was free a moment ago may be somebody else's by now, so there is more than one try.
        for (int attempt = 0; ; attempt++)
        {
            int port = Port ?? FreePort();
            await File.WriteAllTextAsync(path, $"log_file: '{log}'\n{Patient}\n{configure(port)}");
            long begin = File.Exists(log) ? new FileInfo(log).Length : 0;
            var start = new ProcessStartInfo(
                executable, ["-c", path]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
            process = Process.Start(start)!;
            Url = string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{port}");
            if (await IsReadyAsync(port, begin))
            {
                return;
            }

            string said = await process.StandardError.ReadToEndAsync() + (File.Exists(log) ? await File.ReadAllTextAsync(log) : "");
            Stop();
            if (attempt == 2 || !said.Contains("address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"nats-server did not start: {said}");
            }
        }
    }

    /// <summary>Connects as the user of a credentials file; throws where the server refuses.</summary>
    internal Task<NatsConnection> ConnectAsync(string credentials) => ConnectAsync(new NatsAuthOpts { CredsFile = credentials });

    /// <summary>Connects with what a client knows of itself; throws where the server refuses.</summary>
    internal Task<NatsConnection> ConnectAsync(NatsAuthOpts authentication) => Task.Run(async () =>
    {
        // Not in the context of xunit: its few threads may all be waiting for scripts, and the client works wherever it was made.
        var connection = new NatsConnection(new NatsOpts
        {
            Url = Url,
            AuthOpts = authentication,
            ConnectTimeout = Patience,
            RetryOnInitialConnect = false,
            MaxReconnectRetry = 0,
        });
        try
        {
            await connection.ConnectAsync();
            await connection.PingAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    });

    public void Dispose() => Stop();

    /// <summary>A port on which nobody listens now, and that no other test was given.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(FirstPort, LastPort);
            if (IsFree(port) && Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits until the server listens and says so, as somebody else's server may listen at its port; false when it has ended.</summary>
    private async Task<bool> IsReadyAsync(int port, long begin)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!process!.HasExited)
        {
            if (await SaysSoAsync(begin))
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return true;
            }

            await Task.Delay(20, patience.Token);
        }

        return false;
    }

    private async Task<bool> SaysSoAsync(long begin)
    {
        if (!File.Exists(log))
        {
            return false;
        }

        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(begin, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Contains("Server is ready", StringComparison.Ordinal);
    }

    /// <summary>Has the server stand still, as a busy machine does, or go on. It keeps its connections.</summary>
    internal void Pause(bool isPaused)
    {
        using Process kill = Process.Start("kill", [isPaused ? "-STOP" : "-CONT", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends the server at once, without a word to anybody.</summary>
    internal void Stop()
    {
        if (process is null)
        {
            return;
        }

        if (!process.HasExited)
        {
            process.Kill();
        }

        process.WaitForExit();
        process.Dispose();
        process = null;
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using NatsKeys.Bucket;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Store;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Store;

/// <summary>One server with JetStream that lets everybody in, for all tests of this process that keep a store in a bucket.</summary>
internal static class BucketServer
{
    private static readonly NatsServerProgram? Program = NatsServerProgram.All.LastOrDefault(
        program => program.Version >= new ServerVersion(2, 12, 0));
    private static readonly Lazy<string> Started = new(Start);
    private static int count;

    /// <summary>Whether this machine has a server that takes batches.</summary>
    public static bool IsThere => Program is not null;

    public static string Url => Started.Value;

    /// <summary>A bucket that no other test has.</summary>
    public static BucketAddress NewAddress() => new([Url], $"test{Interlocked.Increment(ref count)}");

    /// <summary>A user, whom the server lets in as it lets in everybody.</summary>
    public static (string Name, Func<NatsCredential> Open) Credential(string name = "tester") => (name, () =>
    {
        using NatsKeyPair account = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        var user = NatsKeyPair.FromSeed(Vectors.Seed("U1"));
        return new NatsCredential(
            JwtReader.ReadUnchecked(JwtWriter.Write(new UserClaims { Name = name, Subject = user.PublicKey }, account, TimeProvider.System)), user);
    });

    /// <summary>Makes a store in a new bucket.</summary>
    public static NatsStore Create(string keyRoot, TimeProvider clock) => Create(NewAddress(), keyRoot, clock);

    /// <summary>Makes a store in a bucket, which may be there already.</summary>
    public static NatsStore Create(BucketAddress address, string keyRoot, TimeProvider? clock = null) => BucketStores.Create(
        address, new ServerOptions(address.Servers), Credential(), replicas: 1, keyRoot, fullPath: null, CancellationToken.None, clock);

    /// <summary>Opens a bucket as another process would: with a connection and a picture of its own.</summary>
    public static NatsStore Open(NatsStore store, string keyRoot, string user) => BucketStores.Open(
        BucketAddress.Parse(store.Location), new ServerOptions([Url]), Credential(user), keyRoot);

    private static string Start()
    {
        var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(
            Program!.Path, ["-a", "127.0.0.1", "-p", "-1", "-js", "-sd", folder.At("data"), "--ports_file_dir", folder.Root])
        {
            RedirectStandardError = true,
        };
        Process server = Process.Start(start)!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill();
            server.WaitForExit();
            folder.Dispose();
        };

        string? ports = null;
        SpinWait.SpinUntil(
            () => (ports = Directory.EnumerateFiles(folder.Root, "*.ports").FirstOrDefault()) is not null && File.ReadAllText(ports).EndsWith('}'),
            TimeSpan.FromSeconds(60));
        return JsonNode.Parse(File.ReadAllText(ports!))!["nats"]![0]!.GetValue<string>();
    }
}

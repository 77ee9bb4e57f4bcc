using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>
/// Holds the simulation against real servers: users with permissions that nobody would think of, and subjects near them. NATSKEYS_PROBES says how
/// many are asked for (1,000 by default), NATSKEYS_SEED which ones (of the day by default). A difference names both.
/// </summary>
public sealed class PermissionDifferentialTests : IDisposable
{
    private const int ProbesOfUser = 12;
    private const int Accounts = 4;
    private const int Roles = 12;
    private static readonly int Probes = Asked.Number("NATSKEYS_PROBES") ?? 1000;

    private readonly TemporaryFolder folder = new();
    private readonly TrustedWorld world = new();
    private readonly RandomPermissions random = new(Asked.Seed);
    private readonly List<string> differences = [];

    public void Dispose()
    {
        world.Dispose();
        folder.Dispose();
    }

    [NatsServerFact]
    public async Task The_simulation_says_what_the_server_does()
    {
        AddAccounts();
        using var server = new NatsServer(Path.Combine(folder.Root, "server"));
        await server.StartAsync(world.Configuration());
        var trust = new ServerTrust(world.OperatorToken, world.Find);
        int probes = 0;
        for (int number = 0; probes < Probes; number++)
        {
            probes += await CompareAsync(server, trust, number);
        }

        Assert.True(differences.Count == 0,
            $"Seed {Asked.Seed}: {differences.Count} of {probes} answers differ.\n{string.Join('\n', differences.Take(20))}");
    }

    private void AddAccounts()
    {
        for (int account = 0; account < Accounts; account++)
        {
            var nats = new JsonObject { ["signing_keys"] = new JsonArray(), ["tags"] = new JsonArray("region:eu", "region:us") };
            for (int role = 0; role < Roles; role++)
            {
                string name = Role(account, role);
                nats["signing_keys"]!.AsArray().Add(new JsonObject
                {
                    ["kind"] = "user_scope", ["key"] = world.AddKey(NatsKeyType.Account, name).PublicKey, ["role"] = name,
                    ["template"] = random.OfRole(),
                });
            }

            // One account has no default permissions.
            if (account > 0)
            {
                JsonObject defaults = random.OfUser();
                nats["default_permissions"] = new JsonObject { ["pub"] = defaults["pub"]!.DeepClone(), ["sub"] = defaults["sub"]!.DeepClone() };
            }

            world.AddAccount(Account(account), nats);
        }
    }

    private static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"A{number}");

    private static string Role(int account, int number) => string.Create(CultureInfo.InvariantCulture, $"r{account}-{number}");

    private async Task<int> CompareAsync(NatsServer server, ServerTrust trust, int number)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        int account = random.Number(Accounts);
        bool hasRole = random.Happens(0.5);
        string signer = hasRole ? Role(account, random.Number(Roles)) : Account(account);
        JsonObject nats = hasRole ? new JsonObject { ["type"] = "user", ["version"] = 2, ["issuer_account"] = world.Key(Account(account)).PublicKey }
            : random.OfUser();
        nats["tags"] = random.Tags();
        string token = TrustedWorld.Sign(
            key.PublicKey, random.Happens(0.05) ? "" : string.Create(CultureInfo.InvariantCulture, $"u{number}"), nats, world.Key(signer));

        ServerVersion version = server.Version;
        ConnectDecision decision = trust.Decide(
            new ConnectAttempt(token) { Time = TimeProvider.System.GetUtcNow(), RemoteAddress = IPAddress.Loopback, Server = version });
        RawClient? client = RawClient.Connect(server.Url, token, key);
        string about = $"{signer} {(hasRole ? Template(world.Find(world.Key(Account(account)).PublicKey)!, signer) : "")} {nats.ToJsonString()}";
        if (decision.Refusal?.Rule == "connect.template-crash")
        {
            // A server that ends without a prediction fails the test at the next connection.
            Expect(client is null && server.WaitForEnd(), $"The server goes on, not {decision.Refusal.Message}: {about}");
            await server.StartAsync(world.Configuration());
            return 1;
        }

        Expect(client is not null == decision.IsAllowed, $"{(client is null ? "Refused" : "Let in")}, not {decision.Refusal?.Message}: {about}");
        if (client is null || !decision.IsAllowed)
        {
            client?.Dispose();
            return 1;
        }

        using (client)
        {
            List<string> entries =
                [.. decision.Permissions!.Pub.Allow, .. decision.Permissions.Pub.Deny, .. decision.Permissions.Sub.Allow,
                    .. decision.Permissions.Sub.Deny];
            for (int probe = 0; probe < ProbesOfUser; probe++)
            {
                bool publishes = random.Happens(0.35);
                string subject = random.Near(entries, hasWildcards: !publishes);
                string? queue = publishes ? null : random.Queue();
                bool isTaken = client.IsTaken(publishes ? $"PUB {subject} 0\r\n" : RawClient.Subscribe(subject, queue, probe + 1));
                PermissionVerdict verdict = publishes
                    ? PermissionEvaluator.Publish(decision.Permissions, subject, version)
                    : PermissionEvaluator.Subscribe(decision.Permissions, subject, queue, version);
                Expect(isTaken == verdict.IsAllowed,
                    $"{(publishes ? "PUB" : "SUB")} {subject} {queue}: the server {(isTaken ? "takes" : "refuses")} it, {verdict}: {about}");
            }
        }

        return ProbesOfUser;
    }

    private static string Template(string account, string role) =>
        Tokens.PayloadOf(account)["nats"]!["signing_keys"]!.AsArray().Single(key => key!["role"]!.ToString() == role)!["template"]!.ToJsonString();

    private void Expect(bool holds, string difference)
    {
        if (!holds)
        {
            differences.Add(difference);
        }
    }
}

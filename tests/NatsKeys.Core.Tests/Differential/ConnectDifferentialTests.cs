using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>
/// Holds the simulation against real servers in the question for whom they let in: hours, networks, connection types, bearers, revocations and times
/// of tokens, of users and of roles. NATSKEYS_CONNECTIONS says how many users are tried (300 by default), NATSKEYS_SEED which ones (of the day by
/// default).
/// </summary>
public sealed class ConnectDifferentialTests : IDisposable
{
    private const int Roles = 24;
    private const string Open = "Open";
    private const string NoBearer = "NoBearer";
    private const string Closed = "Closed";
    private static readonly int Connections = Asked.Number("NATSKEYS_CONNECTIONS") ?? 300;
    private static readonly IPAddress[] Addresses = [IPAddress.Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.200")];

    private readonly TemporaryFolder folder = new();
    private readonly TrustedWorld world = new();
    private readonly RandomConnections random = new(Asked.Seed);
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly List<string> differences = [];
    private readonly Dictionary<string, JsonObject> roles = [];

    public void Dispose()
    {
        world.Dispose();
        folder.Dispose();
    }

    [NatsServerFact]
    public async Task The_simulation_lets_in_whom_the_server_lets_in()
    {
        AddAccounts();
        User[] users = [.. Enumerable.Range(0, Connections).Select(MakeUser)];
        using var server = new NatsServer(Path.Combine(folder.Root, "server"));
        await server.StartAsync(world.Configuration());
        var trust = new ServerTrust(world.OperatorToken, world.Find);
        int letIn = users.Count(user => Compare(server, trust, user));
        foreach (User user in users)
        {
            user.Key.Dispose();
        }

        // A test in which nobody gets in, or everybody, would say little.
        Assert.InRange(letIn, 1, users.Length - 1);
        Assert.True(differences.Count == 0,
            $"Seed {Asked.Seed}: {differences.Count} of {users.Length} answers differ.\n{string.Join('\n', differences.Take(20))}");
    }

    private void AddAccounts()
    {
        foreach (string account in (string[])[Open, NoBearer, Closed])
        {
            var keys = new JsonArray();
            for (int number = 0; number < Roles; number++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{account}-{number}");
                roles[name] = random.Restrictions(now);
                keys.Add(new JsonObject { ["kind"] = "user_scope", ["key"] = world.AddKey(NatsKeyType.Account, name).PublicKey, ["role"] = name,
                    ["template"] = roles[name].DeepClone() });
            }

            var limits = new JsonObject { ["disallow_bearer"] = account == NoBearer };
            if (account == Closed)
            {
                limits["conn"] = 0;
            }

            world.AddAccount(account, new JsonObject { ["signing_keys"] = keys, ["revocations"] = new JsonObject { ["*"] = 1_650_000_000 } }, limits);
        }
    }

    private User MakeUser(int number)
    {
        NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        string account = random.Happens(0.03) ? Closed : random.Happens(0.3) ? NoBearer : Open;
        string? role = random.Happens(0.5) ? random.One([.. roles.Keys.Where(name => name.StartsWith(account, StringComparison.Ordinal))]) : null;
        JsonObject nats = role is null ? random.Restrictions(now) : new JsonObject { ["issuer_account"] = world.Key(account).PublicKey };
        (nats["type"], nats["version"]) = ("user", 2);
        if (role is not null && random.Happens(0.08))
        {
            nats[random.One("src", "times", "allowed_connection_types")] = new JsonArray();
        }

        // A user that has its account's name in the token, and one of a key that is on no list.
        if (role is null && random.Happens(0.2))
        {
            nats["issuer_account"] = world.Key(random.Happens(0.8) ? account : Open).PublicKey;
        }

        long issued = random.Happens(0.08) ? 1_600_000_000 : 1_700_000_000;
        var times = new JsonObject();
        if (random.Happens(0.15))
        {
            times[random.One("exp", "nbf")] = now.ToUnixTimeSeconds() + random.One(-3600L, 3600, 9_000_000_000);
        }

        string token = TrustedWorld.Sign(
            key.PublicKey, string.Create(CultureInfo.InvariantCulture, $"u{number}"), nats, world.Key(role ?? account), issued, times);
        return new User(key, token,
            $"{account} {role} {(role is null ? "" : roles[role].ToJsonString())} {nats.ToJsonString()} {times.ToJsonString()} issued {issued}");
    }

    private bool Compare(NatsServer server, ServerTrust trust, User user)
    {
        IPAddress address = random.One(Addresses);
        bool proves = random.Happens(0.85);
        using RawClient? client = RawClient.Connect(server.Url, user.Token, proves ? user.Key : null, address);
        ConnectDecision decision = trust.Decide(new ConnectAttempt(user.Token)
        {
            Time = TimeProvider.System.GetUtcNow(), RemoteAddress = address, Server = server.Version,
            Proof = proves ? NonceProof.Good : NonceProof.None,
        });
        if (client is not null != decision.IsAllowed)
        {
            differences.Add($"{(client is null ? "Refused" : "Let in")} from {address} {(proves ? "with" : "without")} a signature, "
                + $"{decision.Refusal}: {user.About}");
        }

        return client is not null;
    }

    /// <param name="Key">The user's key.</param>
    /// <param name="Token">Its token.</param>
    /// <param name="About">What it is, for people.</param>
    private sealed record User(NatsKeyPair Key, string Token, string About);
}

using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>
/// Tries with real servers whether denied subjects come through subscriptions with wildcards: where the simulation says so, and nowhere else. Each
/// subscription that there is has a client of its own, for what a client subscribes to first changes what it receives later.
/// </summary>
public sealed class LeakingDenyDifferentialTests : IDisposable
{
    private const int Users = 8;
    private static readonly string[] Entries = ["a.*", "*.a", "a.>", "a.b", "*", "b.*", "*.*", ">", "a.b.*", "a.*.b", "*.>", "b"];
    private static readonly string[] Texts = ["a", "b", "x"];

    private readonly TemporaryFolder folder = new();
    private readonly TrustedWorld world = new();
    private readonly RandomAccess random = new(Asked.Seed);

    public void Dispose()
    {
        world.Dispose();
        folder.Dispose();
    }

    [NatsServerFact]
    public async Task A_denied_subject_is_delivered_where_that_is_said_and_nowhere_else()
    {
        world.AddAccount("A", []);
        using var server = new NatsServer(Path.Combine(folder.Root, "server"));
        await server.StartAsync(world.Configuration());
        bool leaks = !server.Version.Has(ServerFeature.CheckedPermissions);
        using NatsKeyPair publisher = NatsKeyPair.Generate(NatsKeyType.User);
        using RawClient spy = RawClient.Connect(server.Url, Token(publisher, [], []), publisher)!;
        for (int number = 0; number < Users; number++)
        {
            using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
            string[] allow = number == 0 || random.Happens(0.4) ? [] : [.. Some(2, 0.1)];
            string[] deny = number == 0 ? ["a.*"] : [.. Some(2, 0.25)];
            string token = Token(key, allow, deny);
            Permissions permissions = ((UserClaims)JwtReader.Read(token).Claims).Permissions;
            string about = $"Seed {Asked.Seed}, allow [{string.Join(", ", allow)}], deny [{string.Join(", ", deny)}]";

            string? seen = Subscriptions()
                .Where(one => Leaks(server, spy, (token, key), permissions, one.Subject, one.Queue))
                .Select(one => $"{one.Subject} {one.Queue}")
                .FirstOrDefault();
            (string Deny, string Subscription)? said = leaks ? LeakingDenies.Find(permissions, server.Version) : null;
            Assert.True(seen is null == said is null, $"{about}: seen {seen ?? "nothing"}, said {said?.Subscription ?? "nothing"}");
            Assert.True(number > 0 || said is not null == leaks, about);
        }
    }

    private bool Leaks(
        NatsServer server, RawClient spy, (string Token, NatsKeyPair Key) user, Permissions permissions, string subject, string? queue)
    {
        if (!PermissionEvaluator.Subscribe(permissions, subject, queue, server.Version).IsAllowed)
        {
            return false;
        }

        using RawClient client = RawClient.Connect(server.Url, user.Token, user.Key)!;
        Assert.True(client.IsTaken(RawClient.Subscribe(subject, queue, 1)));
        string[] denied = [.. Literals().Where(literal =>
            Subjects.Covers(subject, literal)
            && PermissionEvaluator.Subscribe(permissions, literal, queue, server.Version) is { IsAllowed: false, Rule: "sub.deny" })];
        foreach (string literal in denied)
        {
            spy.Send($"PUB {literal} 0\r\n");
        }

        spy.Flush();
        return client.Flush().Exists(line => line.StartsWith("MSG ", StringComparison.Ordinal));
    }

    private IEnumerable<string> Some(int most, double queues) => Enumerable.Range(0, 1 + random.Number(most))
        .Select(_ => random.One(Entries) + (random.Happens(queues) ? " q" : ""));

    private static IEnumerable<(string Subject, string? Queue)> Subscriptions() =>
        from subject in Combined(["*", .. Texts]).SelectMany(subject => new[] { subject, $"{subject}.>" }).Append(">")
        from queue in new[] { null, "q" }
        select (subject, queue);

    private static IEnumerable<string> Literals() => Combined(Texts);

    private static IEnumerable<string> Combined(string[] tokens)
    {
        string[] two = [.. from first in tokens from second in tokens select $"{first}.{second}"];
        return [.. tokens, .. two, .. from start in two from end in tokens select $"{start}.{end}"];
    }

    private string Token(NatsKeyPair key, string[] allow, string[] deny)
    {
        static JsonArray Of(string[] entries) => [.. entries.Select(entry => (JsonNode)entry!)];
        return TrustedWorld.Sign(
            key.PublicKey,
            "u",
            new JsonObject
            {
                ["type"] = "user", ["version"] = 2, ["subs"] = -1, ["data"] = -1, ["payload"] = -1,
                ["sub"] = new JsonObject { ["allow"] = Of(allow), ["deny"] = Of(deny) },
            },
            world.Key("A"));
    }
}

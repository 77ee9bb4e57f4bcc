using System.Globalization;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>
/// Has real servers confirm who is said to have access, and who is not: users with roles, denies, queue groups and defaults, in accounts with
/// imports, exports
/// and mappings. Who is listed publishes or subscribes, and the message must arrive; who is not listed tries all ways that anybody has, and must be
/// refused.
/// NATSKEYS_ACCESS says how many answers are confirmed (some hundred by default), NATSKEYS_SEED which ones (of the day by default).
/// </summary>
public sealed class AccessDifferentialTests : IDisposable
{
    private const int Accounts = 5;
    private const int UsersOfAccount = 9;
    private const int QuestionsOfWorld = 24;

    /// <summary>Half of the messages stay where they are under some mappings.</summary>
    private const int Tries = 25;

    private static readonly int Answers = Asked.Number("NATSKEYS_ACCESS") ?? 400;

    private readonly TemporaryFolder folder = new();
    private readonly List<string> differences = [];
    private int confirmed;
    private int granted;
    private int across;

    public void Dispose() => folder.Dispose();

    [NatsServerFact]
    public async Task Servers_let_those_who_are_listed_and_nobody_else()
    {
        for (int number = 0; confirmed < Answers && differences.Count < 20; number++)
        {
            await CompareAsync(new RandomAccess((Asked.Seed * 1000) + number), number);
        }

        string about = $"Seed {Asked.Seed}: {differences.Count} of {confirmed} answers differ ({granted} granted, {across} of them from other "
            + $"accounts).";
        Assert.True(differences.Count == 0, $"{about}\n{string.Join('\n', differences.Take(6))}");

        // A test in which nobody has access confirms nothing.
        Assert.True(granted > confirmed / 20 && across > granted / 20, about);
        await Console.Out.WriteLineAsync(about);
    }

    private async Task CompareAsync(RandomAccess random, int number)
    {
        using var world = new TrustedWorld();
        string[] names = [.. Enumerable.Range(0, Accounts).Select(account => string.Create(CultureInfo.InvariantCulture, $"A{account}"))];
        AddAccounts(world, names, random);
        using var server = new NatsServer(Path.Combine(folder.Root, string.Create(CultureInfo.InvariantCulture, $"{number}")));
        await server.StartAsync(world.Configuration());
        using var people = new People(world, server, random, names);
        foreach (string _ in Enumerable.Range(0, QuestionsOfWorld).Select(_ => ""))
        {
            var direction = random.One(AccessDirection.Publish, AccessDirection.Subscribe);
            string subject = random.Subject(hasWildcards: random.Happens(0.3));
            string target = random.One([.. people.Snapshot.Accounts.Select(account => account.Path.Name)]);
            var question = new AccessQuestion(direction, SubjectPattern.TryParse(subject)!) { Account = new EntityPath("O", target),
                Kinds = [AccessHolderKind.User] };
            try
            {
                Confirm(people, question, $"world {number}, {direction} {subject} in {target}");
            }
            catch (IOException) when (server.Version < new ServerVersion(2, 10, 0) && server.WaitForEnd())
            {
                // Old servers end over some imports. What they would have let is nobody's question any more.
                return;
            }
            catch (IOException)
            {
                throw new InvalidOperationException($"World {number}, {direction} {subject} in {target}: the server closed a "
                    + $"connection: {people.Last}\n{server.Log[Math.Max(0, server.Log.Length - 3000)..]}");
            }
        }
    }

    private void Confirm(People people, AccessQuestion question, string about)
    {
        NatsAccess[] listed = [.. question.Ask(people.Snapshot)];
        foreach (NatsAccess access in listed.Where(access => access.IsCertain))
        {
            confirmed++;
            granted++;
            across += access.Account == access.TargetAccount ? 0 : 1;
            string? fault = question.Direction == AccessDirection.Publish ? Publish(people, access.Way, access.User!) : Subscribe(people, access.Way,
                access.User!);
            Expect(fault is null, $"{access.Path}, {access.Message}: {fault}", about, people, access.User!);
        }

        AccessRoute[] routes = [.. Routes(people, question)];
        foreach (Person person in people.All.Where(person => !listed.Any(access => access.User == person.Name)))
        {
            confirmed++;
            foreach (AccessRoute route in routes.Where(route => EntityPath.Parse(route.Account.Place).Name == person.Account))
            {
                string sample = (question.Direction == AccessDirection.Publish ? route.Mapping?.Preimage(route.Subjects) ?? route.Subjects
                    : route.Subjects).Sample()!;
                bool gets = question.Direction == AccessDirection.Publish
                    ? Arrives(people.Spies[question.Account!.Name].Client, question, person, sample)
                    : person.CanSubscribe(sample, [null, "q", "q.x", "w", "z"]);
                Expect(!gets, $"{person.Name} may use {sample} though it is not listed", about, people, person.Name);
            }
        }
    }

    /// <summary>
    /// Whether what a user publishes arrives. A server may take it all the same: a mapping of half of the messages makes another subject of it.
    /// </summary>
    private static bool Arrives(RawClient spy, AccessQuestion question, Person person, string sample)
    {
        spy.Flush();
        return Enumerable.Range(0, 4).Any(_ =>
            person.CanPublish(sample) && Received(spy).Any(subject => Subjects.Covers(question.Subject.Text, subject)));
    }

    private static IEnumerable<AccessRoute> Routes(People people, AccessQuestion question)
    {
        string key = people.Snapshot.Accounts.Single(account => account.Path == question.Account).Claims.Subject!;
        var asked = SubjectSet.Of(question.Subject);
        return question.Direction == AccessDirection.Publish ? people.Snapshot.Graph.ToPublish(key, asked) : people.Snapshot.Graph.ToSubscribe(key,
            asked);
    }

    /// <summary>Has a user publish, and looks whether the message arrives in the account that was asked for.</summary>
    private static string? Publish(People people, AccessWay way, string user)
    {
        Person spy = people.Spies[way.Target.Path.Name];
        spy.Client.Flush();
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            if (people.Find(user).CanPublish(way.Published) && Received(spy.Client).Any(subject => Subjects.Covers(way.Question.Subject.Text,
                subject)))
            {
                return null;
            }
        }

        return $"PUB {way.Published} does not get there";
    }

    /// <summary>Has a user subscribe, and looks whether it receives what is published in the account that was asked for.</summary>
    private static string? Subscribe(People people, AccessWay way, string user)
    {
        Person person = people.Find(user);
        if (!person.CanSubscribe(way.Subscription, [way.Queue], keeps: true))
        {
            return $"SUB {way.Subscription} {way.Queue} is refused";
        }

        try
        {
            // Of what is mapped away nothing arrives, unless something else is mapped to it.
            bool isMappedAway = way.Target.Claims.Mappings.Any(mapping => Subjects.Covers(mapping.Key, way.Asked) && mapping.Value.Sum(target =>
                target.Share) == WeightedMapping.Whole);
            if (isMappedAway && !way.Steps.Any(step => step.StartsWith("mapping", StringComparison.Ordinal)
                && step.EndsWith($" of {way.Target.Path.Name}", StringComparison.Ordinal)))
            {
                return null;
            }

            person.Client.Flush();
            for (int attempt = 0; attempt < Tries; attempt++)
            {
                people.Spies[way.Target.Path.Name].CanPublish(way.Asked);
                if (Received(person.Client).Contains(way.Sample))
                {
                    return null;
                }
            }

            return $"SUB {way.Subscription} {way.Queue} does not receive {way.Sample} when {way.Asked} is published";
        }
        finally
        {
            person.Unsubscribe();
        }
    }

    private static string[] Received(RawClient client) =>
        [.. client.Flush().Where(line => line.StartsWith("MSG ", StringComparison.Ordinal) || line.StartsWith("HMSG ",
            StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];

    private static void AddAccounts(TrustedWorld world, string[] names, RandomAccess random)
    {
        Dictionary<string, JsonArray> exports = names.ToDictionary(name => name, _ => random.Exports());
        foreach (string name in names)
        {
            world.AddKey(NatsKeyType.Account, name);
        }

        foreach (string name in names)
        {
            var roles = new JsonArray();
            foreach (int role in Enumerable.Range(0, 2))
            {
                JsonObject template = random.Permissions();
                template["subs"] = -1;
                template["data"] = -1;
                template["payload"] = -1;
                if (random.Happens(0.5))
                {
                    template["pub"]!.AsObject()["allow"] = new JsonArray("a.{{name()}}", "{{tag(site)}}.>");
                }

                roles.Add(new JsonObject { ["kind"] = "user_scope", ["key"] = world.AddKey(NatsKeyType.Account, $"{name}-{role}").PublicKey,
                    ["role"] = $"{name}-{role}", ["template"] = template });
            }

            (JsonObject mappings, JsonObject defaults) = (random.Mappings(), random.Happens(0.5) ? random.Permissions() : []);
            JsonObject Nats(JsonArray imports) => new()
            {
                ["signing_keys"] = roles.DeepClone(), ["exports"] = exports[name].DeepClone(), ["mappings"] = mappings.DeepClone(),
                ["default_permissions"] = defaults.DeepClone(), ["imports"] = imports.DeepClone(),
            };
            // Imports that would have servers refuse the account are left out.
            var imports = new JsonArray();
            foreach (string other in names.Where(other => other != name && random.Happens(0.5)))
            {
                foreach (JsonNode? export in exports[other].Where(_ => random.Happens(0.5)))
                {
                    imports.Add(random.Import(export!, world.Key(other).PublicKey));
                    world.AddAccount(name, Nats(imports));
                    if (!People.IsTaken(world, name, ServerVersions.Oldest) || !People.IsTaken(world, name, server: null))
                    {
                        imports.RemoveAt(imports.Count - 1);
                    }
                }
            }

            world.AddAccount(name, Nats(imports));
        }
    }

    private void Expect(bool holds, string difference, string about, People people, string user)
    {
        if (!holds)
        {
            IEnumerable<string> accounts = people.Snapshot.Accounts.Select(
                account => $"{account.Path.Name} {account.Claims.Subject} {account.Claims}");
            differences.Add($"{about}: {difference}\n   {user}: {people.Find(user).About}\n   {string.Join("\n   ", accounts)}");
        }
    }

    /// <summary>A connected user.</summary>
    private sealed class Person(string name, string account, string about, RawClient client) : IDisposable
    {
        private int subscriptions = 1;

        internal string Name { get; } = name;

        internal string Account { get; } = account;

        internal string About { get; } = about;

        internal RawClient Client { get; } = client;

        public void Dispose() => Client.Dispose();

        internal string Last { get; private set; } = "";

        internal bool CanPublish(string subject)
        {
            Last = $"{Name} {Account} PUB {subject}";
            return Client.IsTaken($"PUB {subject} 0\r\n");
        }

        internal bool CanSubscribe(string subject, string?[] queues, bool keeps = false)
        {
            foreach (string? queue in queues)
            {
                Last = $"{Name} {Account} SUB {subject} {queue}";
                if (Client.IsTaken(RawClient.Subscribe(subject, queue, ++subscriptions)))
                {
                    if (!keeps)
                    {
                        Unsubscribe();
                    }

                    return true;
                }
            }

            return false;
        }

        internal void Unsubscribe() => Client.Send(string.Create(CultureInfo.InvariantCulture, $"UNSUB {subscriptions}"));
    }

    /// <summary>The users of a world, connected, with one in each account who may do everything.</summary>
    private sealed class People : IDisposable
    {
        private readonly Dictionary<string, Person> byName = new(StringComparer.Ordinal);
        private readonly List<NatsKeyPair> keys = [];

        internal People(TrustedWorld world, NatsServer server, RandomAccess random, string[] names)
        {
            ServerVersion version = server.Version;
            AccountNode[] nodes = [.. names.Select(name => new AccountNode(new EntityPath("O", name).ToString(), ClaimsOf(world, name),
                IsTaken(world, name, version)))];
            string[] taken = [.. names.Where((_, index) => nodes[index].IsTaken)];
            var trust = new ServerTrust(world.OperatorToken, world.Find);
            var groups = new List<AccessGroup>();
            foreach (string name in taken)
            {
                Spies[name] = Connect(world, server, "spy-" + name, name,
                    new JsonObject { ["pub"] = new JsonObject { ["allow"] = new JsonArray(">") },
                        ["sub"] = new JsonObject { ["allow"] = new JsonArray(">") }, ["type"] = "user", ["version"] = 2, ["subs"] = -1,
                            ["data"] = -1, ["payload"] = -1 }, name, out _)!;
                Spies[name].Client.IsTaken("SUB > 1");
                foreach (int number in Enumerable.Range(0, UsersOfAccount))
                {
                    bool hasRole = random.Happens(0.3);
                    string signer = hasRole ? string.Create(CultureInfo.InvariantCulture, $"{name}-{random.Number(2)}") : name;
                    JsonObject nats = hasRole ? new JsonObject { ["type"] = "user", ["version"] = 2, ["issuer_account"] = world.Key(name).PublicKey }
                        : random.User();
                    nats["tags"] = new JsonArray("site:a", "site:b.c");
                    string user = string.Create(CultureInfo.InvariantCulture, $"{name}{random.One("a", "b", "c")}{number}");
                    Person? person = Connect(world, server, user, signer, nats, name, out string token);
                    ConnectDecision decision = trust.Decide(new ConnectAttempt(token) { Time = TimeProvider.System.GetUtcNow(), Server = version });
                    Assert.Equal(decision.IsAllowed, person is not null);
                    if (person is not null)
                    {
                        byName[user] = person;
                        groups.Add(AccessGroup.Of(AccessHolderKind.User, new EntityPath("O", name), decision, version) with { UsersLetIn = () =>
                            [new EntityPath("O", name, user)] });
                    }
                }
            }

            Snapshot = new AccessSnapshot(
                new AccessGraph(nodes, (OperatorClaims)JwtReader.Read(world.OperatorToken).Claims, TimeProvider.System.GetUtcNow(), version),
                [.. names.Zip(nodes).Where(item => item.Second.IsTaken).Select(item => new AccessAccount(new EntityPath("O", item.First),
                    item.Second.Claims))],
                path => [.. groups.Where(group => group.Account == path)]);
        }

        internal Dictionary<string, Person> Spies { get; } = new(StringComparer.Ordinal);

        internal string Last => string.Join("; ", Spies.Values.Concat(byName.Values).Select(person => person.Last));

        internal IEnumerable<Person> All => byName.Values;

        internal AccessSnapshot Snapshot { get; }

        internal static bool IsTaken(TrustedWorld world, string name, ServerVersion? server)
        {
            var findings = new Findings(server);
            ClaimValidator.Check(ClaimsOf(world, name), TimeProvider.System.GetUtcNow(), findings);
            return findings.All.All(finding => finding.Severity > FindingSeverity.Time);
        }

        internal Person Find(string name) => byName[name];

        public void Dispose()
        {
            foreach (IDisposable owned in Spies.Values.Concat(byName.Values).Cast<IDisposable>().Concat(keys))
            {
                owned.Dispose();
            }
        }

        private static AccountClaims ClaimsOf(TrustedWorld world, string name) =>
            (AccountClaims)JwtReader.Read(world.Find(world.Key(name).PublicKey)!).Claims;

        private Person? Connect(TrustedWorld world, NatsServer server, string user, string signer, JsonObject nats, string account, out string token)
        {
            var key = NatsKeyPair.Generate(NatsKeyType.User);
            keys.Add(key);
            token = TrustedWorld.Sign(key.PublicKey, user, nats, world.Key(signer));
            return RawClient.Connect(server.Url, token, key) is { } client ? new Person(user, account, $"{signer} {nats.ToJsonString()}", client)
                : null;
        }
    }
}

using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Client.KeyValueStore;
using NATS.Client.ObjectStore;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Rules;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>
/// Has real clients do what a recipe is for: with all of its subjects they can, and with any one less they cannot.
/// </summary>
public sealed class PermissionRecipesTests : IDisposable
{
    // A client that may not do its work mostly waits for an answer that never comes. One that may has as long as a busy machine needs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // The client library takes a minute at most.
    private static readonly TimeSpan LongestNext = TimeSpan.FromSeconds(59);

    /// <summary>So many values of so many bytes are more than servers send to a client that does not tell how far it has read.</summary>
    private const int Large = 30;
    private const int LargeBytes = 128 * 1024;
    private const int Attempts = 3;

    private static readonly PermissionRecipes Recipes = new("_IN.me");

    private static readonly Case[] Cases =
    [
        .. OfJetStream(Recipes, "$JS.API"),
        new(Recipes.PublishTo("ORDERS", ["orders.new", "orders.other"]), "A", async (client, _, stop) =>
        {
            (await new NatsJSContext(client).PublishAsync("orders.new", "x", cancellationToken: stop)).EnsureSuccess();
            (await new NatsJSContext(client).PublishAsync("orders.other", "x", cancellationToken: stop)).EnsureSuccess();
        }),
        new(Recipes.WriteKeys("settings", ["b.>"]), "A", async (client, name, stop) =>
        {
            INatsKVStore store = await new NatsKVContext(new NatsJSContext(client)).GetStoreAsync("settings", stop);
            await store.PutAsync($"b.{name}", "w", cancellationToken: stop);
            await store.DeleteAsync($"b.{name}", cancellationToken: stop);
        }),
        new(Recipes.Request(["svc.a.*", "svc.b"]), "A", async (client, _, stop) =>
        {
            Assert.Equal("pong", (await client.RequestAsync<string, string>("svc.a.x", "ping", cancellationToken: stop)).Data);
            Assert.Equal("pong", (await client.RequestAsync<string, string>("svc.b", "ping", cancellationToken: stop)).Data);
        }),
        new(Recipes.Monitor(), "SYS", async (client, _, stop) =>
        {
            foreach (string subject in Recipes.Monitor().AllowPublish)
            {
                Assert.Contains("server", (await client.RequestAsync<string, string>(subject, "", cancellationToken: stop)).Data,
                    StringComparison.Ordinal);
            }
        }),
    ];

    private static readonly PermissionRecipes OfDomain = new("_IN.me", "hub");

    /// <summary>What clients at a leaf node do with what is in the domain of the hub. NATS.Net cannot write values there, as others do.</summary>
    private static readonly Case[] CasesOfDomain =
    [
        .. OfJetStream(OfDomain, "$JS.hub.API"),
        new(OfDomain.WriteKeys("settings", ["b.>"]), "A", async (client, name, stop) =>
        {
            await GetDirectAsync(client, "$JS.hub.API.STREAM.INFO.KV_settings", stop);
            NatsMsg<string> stored = await client.RequestAsync<string, string>(
                $"$JS.hub.API.$KV.settings.b.{name}", "w", cancellationToken: stop);
            Assert.Contains("\"seq\"", stored.Data, StringComparison.Ordinal);
        }),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [NatsServerFact]
    public async Task With_a_recipe_clients_can_work_and_with_one_subject_less_they_cannot()
    {
        using var server = new NatsServer(Path.Combine(folder.Root, "server"));
        if (server.Version < new ServerVersion(2, 10, 0))
        {
            // The clients of today need newer servers.
            return;
        }

        List<Variant> variants = Named(Cases);
        await server.StartAsync(Configuration(variants));
        await using NatsConnection admin = Connect(server, "admin", "_INBOX");
        await PrepareAsync(admin);
        using var stop = new CancellationTokenSource();
        Task service = AnswerAsync(admin, stop.Token);
        string[] wrong = await WrongAsync(server, variants);
        await stop.CancelAsync();
        await service;
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [NatsServerFact]
    public async Task Clients_at_a_leaf_node_can_work_in_the_domain_of_the_hub_and_with_one_subject_less_they_cannot()
    {
        using var hub = new NatsServer(Path.Combine(folder.Root, "hub"));
        using var leaf = new NatsServer(Path.Combine(folder.Root, "leaf"));
        if (hub.Version < new ServerVersion(2, 10, 0))
        {
            return;
        }

        List<Variant> variants = Named(CasesOfDomain);
        int port = NatsServer.FreePort();
        string users = Configuration(variants, accountsOnly: true);
        await hub.StartAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"server_name: hub\njetstream {{ store_dir: '{Path.Combine(folder.Root, "of hub")}', domain: hub }}\nleafnodes {{ "
                + $"listen: '127.0.0.1:{port}' }}\n{users}"));
        await leaf.StartAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"server_name: leaf\njetstream {{ store_dir: '{Path.Combine(folder.Root, "of leaf")}', domain: leaf }}\nleafnodes {{ remotes: [{{ "
                + $"url: 'nats-leaf://admin:p@127.0.0.1:{port}', account: A }}] }}\n{users}"));
        await using NatsConnection admin = Connect(hub, "admin", "_INBOX");
        await PrepareAsync(admin);
        await using NatsConnection below = Connect(leaf, "admin", "_INBOX");
        using var late = new CancellationTokenSource(NatsServer.Patience);
        var quiet = new NatsSubOpts { ThrowIfNoResponders = false };
        while (await below.RequestAsync<string, string>("$JS.hub.API.INFO", "", replyOpts: quiet, cancellationToken: late.Token) is
            { HasNoResponders: true })
        {
            // The leaf node is not connected yet.
            await below.PingAsync(late.Token);
        }

        string[] wrong = await WrongAsync(leaf, variants);
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [NatsServerFact]
    public async Task Who_replies_may_publish_nothing_else()
    {
        using var server = new NatsServer(Path.Combine(folder.Root, "server"));
        NatsPermission reply = PermissionRecipes.Reply(["svc.>"]);
        await server.StartAsync(
            $"accounts {{ A {{ users: [{{ user: admin, password: p }}, {{ user: me, password: p, permissions: {{ subscribe: "
                + $"[\"{reply.AllowSubscribe[0]}\"], allow_responses: {{ max: {reply.AllowResponse} }} }} }}] }} }}\n");
        await using NatsConnection admin = Connect(server, "admin", "_INBOX");
        await using NatsConnection client = Connect(server, "me", "_IN.me");
        await using INatsSub<string> requests = await client.SubscribeCoreAsync<string>("svc.>");
        await client.PingAsync();
        Task answering = Task.Run(async () => await (await requests.Msgs.ReadAsync()).ReplyAsync("pong"));
        Assert.Equal("pong", (await admin.RequestAsync<string, string>("svc.x", "ping")).Data);
        await answering;
        await client.PublishAsync("other", "x");
        await client.PingAsync();
        Assert.Contains("Publish Violation", server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_INBOX", "the inbox prefix '_INBOX'")]
    [InlineData("_INBOX.{{name()}}", "the inbox prefix '_INBOX.{{name()}}'")]
    public void What_cannot_be_restricted_is_said(string inbox, string note)
    {
        Assert.Contains(new PermissionRecipes(inbox).Consume("S", consumer: null).Notes, text => text.Contains("filter", StringComparison.Ordinal));
        Assert.Contains(new PermissionRecipes(inbox).Request(["a"]).Notes, text => text.Contains(note, StringComparison.Ordinal));
    }

    private static List<Variant> Named(Case[] cases) => [.. cases.SelectMany(Variants).Select((variant, number) =>
        variant with { Name = string.Create(CultureInfo.InvariantCulture, $"u{number}") })];

    /// <summary>Has all clients work at once, and tells which could not though they should, or could though they should not.</summary>
    private static async Task<string[]> WrongAsync(NatsServer server, List<Variant> variants)
    {
        string?[] faults = await Task.WhenAll(variants.Select(variant => RunAsync(server, variant)));
        string[] wrong = [.. variants.Zip(faults).Where(item => (item.First.Without is null) != (item.Second is null)).Select(item =>
            $"{item.First.Recipe} without {item.First.Without ?? "nothing"}: {item.Second ?? "works"}")];
        return wrong.Length == 0
            ? []
            : [.. wrong, .. server.Log.Split('\n').Where(line => line.Contains("Violation", StringComparison.Ordinal)).TakeLast(12)];
    }

    private static IEnumerable<Variant> Variants(Case item)
    {
        var whole = new Variant(item.Permission.Recipe, item.Account, [.. item.Permission.AllowPublish], [.. item.Permission.AllowSubscribe],
            item.Work);
        yield return whole;
        foreach (string subject in item.Permission.AllowPublish)
        {
            yield return whole with { Publish = [.. whole.Publish.Where(other => other != subject)], Without = subject };
        }

        foreach (string subject in item.Permission.AllowSubscribe)
        {
            yield return whole with { Subscribe = [.. whole.Subscribe.Where(other => other != subject)], Without = subject };
        }
    }

    private string Configuration(List<Variant> variants, bool accountsOnly = false)
    {
        // An empty list is none: nobody publishes or subscribes to this.
        static string List(string[] subjects) => string.Join(", ", subjects.Append("nothing.at.all").Select(subject => $"\"{subject}\""));
        string Users(string account) => string.Join(",\n", variants.Where(variant => variant.Account == account).Select(variant =>
            $"{{ user: {variant.Name}, password: p, permissions: {{ publish: [{List(variant.Publish)}], subscribe: "
                + $"[{List(variant.Subscribe)}] }} }}"));
        string storage = accountsOnly ? "" : $"jetstream {{ store_dir: '{Path.Combine(folder.Root, "js")}' }}\n";
        return $"{storage}system_account: SYS\naccounts {{\n A {{ jetstream: enabled, "
            + $"users: [{{ user: admin, password: p }},\n{Users("A")}] }}\n SYS {{ users: [{Users("SYS")}] }}\n}}\n";
    }

    private static NatsConnection Connect(NatsServer server, string user, string inbox, TimeSpan? patience = null) => new(new NatsOpts
    {
        Url = server.Url,
        InboxPrefix = inbox,
        AuthOpts = new NatsAuthOpts { Username = user, Password = "p" },
        RequestTimeout = patience ?? NatsServer.Patience,
        ConnectTimeout = TimeSpan.FromSeconds(30),
    });

    private static NatsJSContext Js(NatsConnection client, string api) => new(client, new NatsJSOpts(client.Opts, apiPrefix: api));

    private static Case[] OfJetStream(PermissionRecipes recipes, string api) =>
    [
        new(recipes.Consume("ORDERS", "worker"), "A", async (client, _, stop) =>
            await ReadAsync(await Js(client, api).GetConsumerAsync("ORDERS", "worker", stop), stop)),
        new(recipes.Consume("ORDERS", consumer: null), "A", async (client, name, stop) =>
            await ReadAsync(await Js(client, api).CreateOrUpdateConsumerAsync("ORDERS",
                new ConsumerConfig(name) { FilterSubject = "orders.new" }, stop), stop)),
        new(recipes.ReadKeys("settings", [">"]), "A", async (client, _, stop) =>
        {
            INatsKVStore store = await new NatsKVContext(Js(client, api)).GetStoreAsync("settings", stop);
            Assert.Equal("v", (await store.GetEntryAsync<string>("a.x", cancellationToken: stop)).Value);
            await WatchAsync(store, ">", Large + 1, stop);
            await GetDirectAsync(client, $"{api}.DIRECT.GET.KV_settings.$KV.settings.a.x", stop);
        }),
        new(recipes.ReadKeys("settings", ["a.>"]), "A", async (client, _, stop) =>
        {
            await WatchAsync(await new NatsKVContext(Js(client, api)).GetStoreAsync("settings", stop), "a.>", Large + 1, stop);
            await GetDirectAsync(client, $"{api}.DIRECT.GET.KV_settings.$KV.settings.a.x", stop);
        }),
        new(recipes.ReadObjects("files"), "A", async (client, _, stop) =>
        {
            INatsObjStore store = await new NatsObjContext(Js(client, api)).GetObjectStoreAsync("files", stop);
            Assert.Equal(Large * LargeBytes, (await store.GetBytesAsync("one", stop)).Length);
            Assert.Contains("one", await store.ListAsync(cancellationToken: stop).Select(item => item.Name).ToListAsync(stop));
            await GetDirectAsync(client, $"{api}.DIRECT.GET.OBJ_files.$O.files.M.b25l", stop);
        }),
        new(recipes.WriteObjects("files"), "A", async (client, name, stop) =>
        {
            INatsObjStore store = await new NatsObjContext(Js(client, api)).GetObjectStoreAsync("files", stop);
            await store.PutAsync(name, new byte[] { 4 }, stop);
            await store.PutAsync(name, new byte[] { 5 }, stop);
            await GetDirectAsync(client, $"{api}.DIRECT.GET.OBJ_files.$O.files.M.b25l", stop);
        }),
    ];

    private static async Task PrepareAsync(NatsConnection admin)
    {
        var stream = new NatsJSContext(admin);
        await stream.CreateStreamAsync(new StreamConfig("ORDERS", ["orders.>"]));
        await stream.CreateOrUpdateConsumerAsync("ORDERS", new ConsumerConfig("worker"));
        for (int number = 0; number < 20; number++)
        {
            await stream.PublishAsync("orders.new", "x");
        }

        INatsKVStore keys = await new NatsKVContext(stream).CreateStoreAsync("settings");
        await keys.PutAsync("a.x", "v");
        for (int number = 0; number < Large; number++)
        {
            await keys.PutAsync(string.Create(CultureInfo.InvariantCulture, $"a.large.{number}"), new byte[LargeBytes]);
        }

        INatsObjStore objects = await new NatsObjContext(stream).CreateObjectStoreAsync("files");
        await objects.PutAsync("one", new byte[Large * LargeBytes]);
        StreamConfig files = (await stream.GetStreamAsync("OBJ_files")).Info.Config;
        files.AllowDirect = true;
        await stream.UpdateStreamAsync(files);
    }

    private static async Task AnswerAsync(NatsConnection admin, CancellationToken stop)
    {
        try
        {
            await foreach (NatsMsg<string> message in admin.SubscribeAsync<string>("svc.>", cancellationToken: stop))
            {
                await message.ReplyAsync("pong", cancellationToken: stop);
            }
        }
        catch (OperationCanceledException)
        {
            // All have been answered.
        }
    }

    private static async Task ReadAsync(INatsJSConsumer consumer, CancellationToken stop)
    {
        INatsJSMsg<string>? message = await consumer.NextAsync<string>(opts: new NatsJSNextOpts { Expires = LongestNext }, cancellationToken: stop);
        await message!.AckAsync(new AckOpts { DoubleAck = true }, stop);
    }

    private static async Task WatchAsync(INatsKVStore store, string keys, int count, CancellationToken stop) =>
        Assert.Equal(count, await store.WatchAsync<byte[]>(keys, cancellationToken: stop).Take(count).CountAsync(stop));

    /// <summary>Reads the last message of a subject as most other clients do.</summary>
    private static async Task GetDirectAsync(NatsConnection client, string subject, CancellationToken stop) =>
        Assert.Equal(0, (await client.RequestAsync<byte[], byte[]>(subject, [], cancellationToken: stop)).Headers?.Code ?? 0);

    /// <summary>
    /// What went wrong; null where nothing did. A client that may do everything tries again, because the library may hang where nothing is refused.
    /// </summary>
    private static async Task<string?> RunAsync(NatsServer server, Variant variant)
    {
        if (variant.Without is not null)
        {
            return await TryAsync(server, variant, Patience, Patience * 5);
        }

        string? fault = null;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            fault = await TryAsync(server, variant, NatsServer.Patience, LongestNext);
            if (fault is null)
            {
                return null;
            }
        }

        return fault;
    }

    private static async Task<string?> TryAsync(NatsServer server, Variant variant, TimeSpan patience, TimeSpan longest)
    {
        await using NatsConnection client = Connect(server, variant.Name, "_IN.me", patience);
        using var stop = new CancellationTokenSource(longest);
        try
        {
            await client.ConnectAsync();

            // A client that ends the consumer of a listing may wait for its own loop for ever, and hears no token meanwhile.
            await variant.Work(client, variant.Name, stop.Token).WaitAsync(stop.Token);
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    /// <param name="Permission">What a recipe makes.</param>
    /// <param name="Account">The account of its client.</param>
    /// <param name="Work">What the client does.</param>
    private sealed record Case(NatsPermission Permission, string Account, Func<NatsConnection, string, CancellationToken, Task> Work);

    private sealed record Variant(string Recipe, string Account, string[] Publish, string[] Subscribe, Func<NatsConnection, string,
        CancellationToken, Task> Work)
    {
        public string Name { get; init; } = "";

        public string? Without { get; init; }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Store;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Server;

/// <summary>
/// The requests of the vectors, sent to real servers. The vectors are of version 2.15.1; where an older one is known to answer otherwise, that is
/// what it must do.
/// </summary>
public sealed class ClaimsProtocolTests : IDisposable
{
    // Message headers are never sent, so no server takes them for a part of the token. Where servers drop them, the request goes without.
    private static readonly string[] NotSent = ["update-account-subject-with-headers"];

    // Servers that do not have an account answer with an empty message, or not at all.
    private const string Missing = "lookup-missing";

    // Put together from its description.
    private const string Big = "update-unreachable-big";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(700);

    private readonly TemporaryFolder folder = new();
    private readonly NatsServer server;
    private readonly NatsKeyPair identity = Key("O1");
    private readonly NatsKeyPair signing = Key("O2");
    private readonly NatsKeyPair system = Key("SYS");
    private readonly NatsKeyPair systemSigning = Key("SYSS");

    public ClaimsProtocolTests() => server = new NatsServer(Path.Combine(folder.Root, "server"));

    public void Dispose()
    {
        server.Dispose();
        identity.Dispose();
        signing.Dispose();
        system.Dispose();
        systemSigning.Dispose();
        folder.Dispose();
    }

    [NatsServerFact]
    public async Task A_full_resolver_answers_as_the_vectors_have_it()
    {
        await StartAsync("type: full\nallow_delete: true");
        await using ServerLink link = await ConnectAsync();
        await CompareAsync(link, from: "list-initial", to: "pack");

        await CompareAsync(link, from: "delete-by-user", to: Big);

        // An ordinary account with a user, for the requests that come from there.
        using NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);
        await AskAsync(link, "$SYS.REQ.CLAIMS.UPDATE", Encoding.ASCII.GetBytes(Account("A", account.PublicKey, identity)), expected: 1);
        await using ServerLink outside = await ConnectAsync(User(account, account.PublicKey));
        await CompareAsync(outside, from: "update-from-other-account", to: "update-from-other-account");
        await CompareAsync(link, from: "delete-connected", to: "delete-connected");
    }

    [NatsServerFact]
    public Task A_full_resolver_that_may_not_delete_answers_so() =>
        CompareAloneAsync("type: full\nallow_delete: false", "delete-not-allowed", "delete-not-allowed");

    [NatsServerFact]
    public Task A_full_resolver_that_has_no_room_answers_so() => CompareAloneAsync("type: full\nlimit: 2", "limit-1", "limit-2");

    [NatsServerFact]
    public Task A_full_resolver_that_deletes_files_answers_so() =>
        CompareAloneAsync("type: full\nallow_delete: true\nhard_delete: true", "delete-hard", "delete-hard");

    [NatsServerFact]
    public async Task Whoever_has_the_same_as_a_server_gets_the_end_mark_alone()
    {
        await StartAsync("type: full");
        await using ServerLink link = await ConnectAsync();
        using NatsKeyPair first = Key("A1");
        await AskAsync(link, "$SYS.REQ.CLAIMS.UPDATE", Encoding.ASCII.GetBytes(Account("A", first.PublicKey, identity)), expected: 1);
        ServerReplies pack = await link.AskAsync("$SYS.REQ.CLAIMS.PACK", [], messages => messages[^1].Length == 0, default);
        Assert.Equal(3, pack.Messages.Count);
        IEnumerable<byte[]> digests = pack.Messages.SkipLast(1).Select(line => SHA256.HashData(line.AsSpan(line.IndexOf((byte)'|') + 1)));
        byte[] state = digests.Aggregate((left, right) => [.. left.Zip(right, (one, other) => (byte)(one ^ other))]);

        Assert.Empty(Assert.Single((await link.AskAsync("$SYS.REQ.CLAIMS.PACK", state, _ => true, default)).Messages));
    }

    [NatsServerFact]
    public Task A_strict_operator_is_obeyed() =>
        CompareAloneAsync("type: full\nallow_delete: true", "strict-update-by-identity", "strict-delete-by-signing-key", strict: true);

    [NatsServerFact]
    public async Task A_memory_resolver_answers_on_the_subject_of_an_account_alone()
    {
        using NatsKeyPair first = Key("A1");
        await StartAsync(resolver: null, preload: $"{first.PublicKey}: {Account("A", first.PublicKey, identity)}");
        await using ServerLink link = await ConnectAsync();
        await CompareAsync(link, "mem-update-general", "mem-update-account-not-loaded");

        await using ServerLink user = await ConnectAsync(User(first, first.PublicKey));
        await CompareAsync(link, "mem-update-account-loaded", "mem-lookup");
    }

    [NatsServerFact]
    public Task A_cache_resolver_skips_what_it_does_not_use() => CompareAloneAsync("type: cache", "cache-update-not-loaded", "cache-list");

    private static NatsKeyPair Key(string label) => NatsKeyPair.FromSeed(Vectors.Seed(label));

    private static string Account(string name, string subject, NatsKeyPair signer) =>
        JwtWriter.Write(new AccountClaims { Name = name, Subject = subject }, signer);

    /// <summary>A user of an account, or of its signing key.</summary>
    private static NatsCredential User(NatsKeyPair signer, string account)
    {
        NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        var claims = new UserClaims { Name = "U", Subject = key.PublicKey, IssuerAccount = signer.PublicKey == account ? null : account };
        return new NatsCredential(JwtReader.Read(JwtWriter.Write(claims, signer)), key);
    }

    private async Task CompareAloneAsync(string resolver, string from, string to, bool strict = false)
    {
        await StartAsync(resolver, strict: strict);
        await using ServerLink link = await ConnectAsync();
        await CompareAsync(link, from, to);
    }

    private Task StartAsync(string? resolver, string preload = "", bool strict = false)
    {
        var claims = new OperatorClaims { Name = "O", Subject = identity.PublicKey, SystemAccount = system.PublicKey,
            SigningKeys = [signing.PublicKey], StrictSigningKeyUsage = strict };
        var account = new AccountClaims { Name = "SYS", Subject = system.PublicKey };
        account.SigningKeys.Add(new AccountSigningKey { Key = systemSigning.PublicKey });
        string directory = Path.Combine(folder.Root, "jwt");
        return server.StartAsync($$"""
            server_name: S1
            operator: {{JwtWriter.Write(claims, identity)}}
            resolver: {{(resolver is null ? "MEMORY" : $"{{\n{resolver}\ndir: '{directory}'\n}}")}}
            resolver_preload: {
                {{system.PublicKey}}: {{JwtWriter.Write(account, strict ? signing : identity)}}
                {{preload}}
            }
            """);
    }

    private Task<ServerLink> ConnectAsync() => ConnectAsync(User(systemSigning, system.PublicKey));

    private async Task<ServerLink> ConnectAsync(NatsCredential credential)
    {
        using (credential)
        {
            return await ServerLink.ConnectAsync(new ServerOptions([server.Url]) { Timeout = Patience }, credential, default);
        }
    }

    /// <summary>Sends the requests of the cases from one to another, and holds what comes back against them.</summary>
    private async Task CompareAsync(ServerLink link, string from, string to)
    {
        JsonObject[] cases = [.. Vectors.Load("server-claims-protocol.json")["cases"]!.AsArray().Select(entry => entry!.AsObject())];
        int first = Array.FindIndex(cases, entry => entry.Text("id") == from);
        int last = Array.FindIndex(cases, entry => entry.Text("id") == to);
        Assert.InRange(first, 0, last);
        var differences = new List<string>();
        foreach (JsonObject entry in cases[first..(last + 1)].Where(entry => !NotSent.Contains(entry.Text("id"))))
        {
            JsonObject[] expected = [.. entry["replies"]!.AsArray().Select(reply => reply!.AsObject())];
            if (entry.Text("id") == Missing && !server.Version.Has(ServerFeature.EmptyLookup))
            {
                expected = [];
            }

            ServerReplies replies = await AskAsync(link, entry.Text("subject"), Body(entry), expected.Length);
            if (Difference(replies, expected, isNamed: entry.Text("id") != Big) is { } difference)
            {
                differences.Add($"{entry.Text("id")}: {difference}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static byte[] Body(JsonObject entry)
    {
        if (entry["request_hex"] is not null)
        {
            return entry.Hex("request_hex");
        }

        if (entry.Text("id") != Big)
        {
            return Encoding.UTF8.GetBytes(entry.Text("request"));
        }

        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair operatorKey = Key("O1");
        return Encoding.ASCII.GetBytes(Account(new string('x', 600_000), key.PublicKey, operatorKey));
    }

    /// <summary>Waits for as many answers as there must be; for none, a while.</summary>
    private static async Task<ServerReplies> AskAsync(ServerLink link, string subject, byte[] body, int expected)
    {
        using var silence = new CancellationTokenSource(expected == 0 ? Silence : Timeout.InfiniteTimeSpan);
        try
        {
            return await link.AskAsync(subject, body, messages => messages.Count >= expected && expected > 0, silence.Token);
        }
        catch (OperationCanceledException)
        {
            return new ServerReplies([]);
        }
    }

    private static string? Difference(ServerReplies replies, JsonObject[] expected, bool isNamed)
    {
        if (expected is [{ } only] && only.Flag("no_responders"))
        {
            return replies.NobodyListens ? null : "somebody listens";
        }

        return replies.Messages.Count != expected.Length
            ? $"{replies.Messages.Count} answers instead of {expected.Length}"
            : replies.Messages.Zip(expected).Select(pair => Difference(pair.First, pair.Second, isNamed))
                .FirstOrDefault(difference => difference is not null);
    }

    /// <summary>Lines of a pack are cut in the vectors. The token of the system account is one of this test's own.</summary>
    private static bool IsLine(string text, string cut) => cut.EndsWith("...", StringComparison.Ordinal)
        && (text.StartsWith(cut[..^3], StringComparison.Ordinal)
            || (text.Split('|')[0] == cut.Split('|')[0] && text.Split('|')[0] == PublicKeyOf("SYS")));

    private static string PublicKeyOf(string label)
    {
        using NatsKeyPair key = Key(label);
        return key.PublicKey;
    }

    private static string? Difference(byte[] message, JsonObject expected, bool isNamed)
    {
        string text = Encoding.UTF8.GetString(message);
        if (expected["raw"] is { } raw)
        {
            return text == raw.ToString() || IsLine(text, raw.ToString()) ? null : text;
        }

        ServerReply reply = ServerReply.Read(message)!;
        if (expected["data"] is JsonArray list)
        {
            return list.Select(key => key!.ToString()).SequenceEqual(ServerReply.Texts(reply.Data)) ? null : text;
        }

        // The words are for people, but for the one that says that nothing was done.
        JsonObject? data = expected["data"]?.AsObject();
        ServerAnswer answer = ServerAnswer.Of(reply, new ServerAccount("A", "A"));
        ServerOutcome outcome = data is null ? ServerOutcome.Refused : data.Text("message").Contains("skipped", StringComparison.Ordinal)
            ? ServerOutcome.Skipped : ServerOutcome.Done;
        string? account = (data ?? expected["error"]!.AsObject())["account"]?.ToString();
        string? named = ServerReply.Text(ServerReply.Member(reply.Content, data is null ? "error" : "data"), "account");
        return answer.Outcome == outcome && answer.Message.Length > 0 && (account == named || !isNamed) && reply.Server.Version.Length > 0 ? null
            : text;
    }
}

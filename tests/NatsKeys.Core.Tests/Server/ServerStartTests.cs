using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Server;

/// <summary>With which configurations the server of this machine starts. The vectors say in words what they are; here they are put together.</summary>
public sealed class ServerStartTests : IDisposable
{
    // Older servers know neither lists of operators nor 'hard_delete', to which they pay no heed.
    private static readonly string[] OtherwiseBefore210 = ["two-operators", "full-hard-delete-alone"];

    private readonly TemporaryFolder folder = new();
    private readonly NatsServer server;
    private readonly NatsKeyPair identity = Key("O1");
    private readonly NatsKeyPair other = Key("O2");
    private readonly NatsKeyPair system = Key("SYS");
    private readonly NatsKeyPair account = Key("A1");

    public ServerStartTests() => server = new NatsServer(folder.At("server"));

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (JsonNode? entry in Vectors.Load("server-start.json")["cases"]!.AsArray())
            {
                data.Add(entry!["id"]!.ToString(), entry["starts"]!.GetValue<bool>());
            }

            return data;
        }
    }

    private string System => $"system_account: {system.PublicKey}\n";

    private string Memory => $"resolver: MEMORY\nresolver_preload: {{ {system.PublicKey}: {Account(system)} }}\n";

    public void Dispose()
    {
        server.Dispose();
        identity.Dispose();
        other.Dispose();
        system.Dispose();
        account.Dispose();
        folder.Dispose();
    }

    [NatsServerTheory]
    [MemberData(nameof(Cases))]
    public async Task A_server_starts_as_the_vectors_have_it(string id, bool starts)
    {
        starts ^= !NatsServer.IsNew && OtherwiseBefore210.Contains(id);

        Exception? refusal = await Record.ExceptionAsync(() => server.StartAsync(Configuration(id)));

        if (refusal is not null)
        {
            Assert.IsType<InvalidOperationException>(refusal);
        }

        Assert.True(starts == refusal is null, refusal?.Message ?? "It started.");
    }

    private static NatsKeyPair Key(string label) => NatsKeyPair.FromSeed(Vectors.Seed(label));

    private string Configuration(string id) => id switch
    {
        "baseline" => Operator() + System + Memory,
        "quoted" => $"operator: \"{Token()}\"\nsystem_account: \"{system.PublicKey}\"\nresolver: MEMORY\nresolver_preload: {{ \"{system.PublicKey}\": \"{Account(system)}\" }}\n",
        "operator-expired" => Operator(claims => claims.Expires = 1_000_000_000) + System + Memory,
        "operator-issued-by-other" => Operator(signer: other) + System + Memory,
        "operator-v1" => $"operator: {VersionOne()}\n{System}{Memory}",
        "operator-bad-signature" => $"operator: {Tokens.Tampered(Token())}\n{System}{Memory}",
        "operator-version-too-high" => Operator(claims => claims.AssertServerVersion = "99.0.0") + System + Memory,
        "operator-version-low" => Operator(claims => claims.AssertServerVersion = "2.0.0") + System + Memory,
        "operator-version-malformed" => Operator(claims => claims.AssertServerVersion = "two.nine") + System + Memory,
        "operator-signing-key-bad" => Operator(claims => claims.SigningKeys.Add(account.PublicKey)) + System + Memory,
        "strict-without-signing-keys" => Operator(claims => claims.StrictSigningKeyUsage = true) + System + Memory,
        "system-account-differs" => Operator(claims => claims.SystemAccount = account.PublicKey) + System + Memory,
        "system-account-only-operator" => Operator(claims => claims.SystemAccount = system.PublicKey) + Memory,
        "system-account-nowhere" => Operator() + $"resolver: MEMORY\nresolver_preload: {{ {account.PublicKey}: {Account(account)} }}\n",
        "system-account-not-resolvable" => Operator() + System + $"resolver: MEMORY\nresolver_preload: {{ {account.PublicKey}: {Account(account)} }}\n",
        "full" => Operator() + System + Full() + Preload(),
        "full-no-system-account" => Operator() + Full() + Preload(),
        "full-hard-delete-alone" => Operator() + System + Full("hard_delete: true") + Preload(),
        "full-ttl" => Operator() + System + Full("ttl: '1h'") + Preload(),
        "full-strict-no-sk" => Operator(claims => claims.StrictSigningKeyUsage = true) + System + Full() + Preload(),
        "full-no-preload" => Operator() + System + Full(),
        "no-resolver" => Operator() + System,
        "preload-bad" => Operator() + System + $"resolver: MEMORY\nresolver_preload: {{ {system.PublicKey}: {Tokens.Tampered(Account(system))} }}\n",
        "preload-wrong-key" => Operator() + System + $"resolver: MEMORY\nresolver_preload: {{ {system.PublicKey}: {Account(account)} }}\n",
        "with-users" => Operator() + System + Memory + "authorization { users: [ { user: a, password: b } ] }\n",
        "with-accounts" => Operator() + System + Memory + "accounts { A: { users: [ { user: a, password: b } ] } }\n",
        "two-operators" => $"operator: [ {Token()}, {JwtWriter.Write(new OperatorClaims { Name = "P", Subject = other.PublicKey }, other)} ]\n{System}{Memory}",
        "operator-file-decorated" => OperatorFile($"-----BEGIN NATS OPERATOR JWT-----\n{Token()}\n------END NATS OPERATOR JWT------\n") + System + Memory,
        "operator-file-newline" => OperatorFile(Token() + "\n") + System + Memory,
        "pinned-bad" => Operator() + System + Memory + "resolver_pinned_accounts: [ nokey ]\n",
        _ => throw new InvalidOperationException($"The vectors have a case '{id}' that nobody has put together."),
    };

    private string Token(Action<OperatorClaims>? change = null, NatsKeyPair? signer = null)
    {
        var claims = new OperatorClaims { Name = "O", Subject = identity.PublicKey };
        change?.Invoke(claims);
        return JwtWriter.Write(claims, signer ?? identity);
    }

    private string Operator(Action<OperatorClaims>? change = null, NatsKeyPair? signer = null) => $"operator: {Token(change, signer)}\n";

    private string OperatorFile(string text)
    {
        File.WriteAllText(folder.At("operator.jwt"), text);
        return $"operator: '{folder.At("operator.jwt")}'\n";
    }

    private string VersionOne() => Tokens.Sign(
        $$"""{"jti":"X","iat":1700000000,"iss":"{{identity.PublicKey}}","name":"O","sub":"{{identity.PublicKey}}","type":"operator","nats":{} }""", "O1", Tokens.HeaderOne, payloadOnly: true);

    private string Account(NatsKeyPair key) => JwtWriter.Write(new AccountClaims { Name = "X", Subject = key.PublicKey }, identity);

    private string Full(string more = "") => $"resolver {{\ntype: full\ndir: '{folder.At("jwt")}'\n{more}\n}}\n";

    private string Preload() => $"resolver_preload: {{ {system.PublicKey}: {Account(system)} }}\n";
}

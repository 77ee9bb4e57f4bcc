using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;
using NatsKeys.Tests.Server;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>
/// Holds what is said of accounts against what a real server makes of them, as it tells under <c>/accountz</c>: which accounts it takes, and which
/// imports and mappings it uses. NATSKEYS_STORES says how many stores are tried (8 by default), NATSKEYS_SEED which ones (of the day by default).
/// </summary>
public sealed class UseDifferentialTests : IDisposable
{
    private const int Accounts = 6;
    private static readonly int Stores = Asked.Number("NATSKEYS_STORES") ?? 8;

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new();
    private readonly List<string> differences = [];
    private readonly Dictionary<string, string> refusals = [];

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [NatsServerFact]
    public async Task What_is_called_good_is_taken_and_used_whole()
    {
        for (int number = 0; number < Stores; number++)
        {
            await CompareAsync(new RandomAccounts((Asked.Seed * 1000) + number), number);
        }

        Assert.True(differences.Count == 0, $"Seed {Asked.Seed}: {differences.Count} differences.\n{string.Join('\n', differences.Take(20))}");
    }

    private async Task CompareAsync(RandomAccounts random, int number)
    {
        using var world = new TrustedWorld();
        string[] names = [.. Enumerable.Range(0, Accounts).Select(account => string.Create(CultureInfo.InvariantCulture, $"A{account}"))];
        NatsKeyPair[] keys = [.. names.Append("gone").Select(name => world.AddKey(NatsKeyType.Account, name))];
        foreach (string name in names)
        {
            string own = world.Key(name).PublicKey;
            world.AddAccount(name, random.Account(own, keys, (exporter, subject, type) => TrustedWorld.Sign(
                own, "act", new JsonObject { ["subject"] = subject, ["kind"] = type, ["type"] = "activation", ["version"] = 2 },
                random.Happens(0.9) ? exporter : keys[random.Number(keys.Length)])));
        }

        using var server = new NatsServer(Path.Combine(folder.Root, string.Create(CultureInfo.InvariantCulture, $"{number}")));
        int monitoring = NatsServer.FreePort();
        await server.StartAsync(string.Create(CultureInfo.InvariantCulture, $"http: 127.0.0.1:{monitoring}\n{world.Configuration()}"));

        ServerVersions versions = ServerVersions.Only(server.Version);
        var nodes = names.Select(name => NodeOf(world, name, versions)).ToDictionary(node => node.Claims.Name!);
        var imports = new ImportChecks(nodes.Values, (OperatorClaims)JwtReader.Read(world.OperatorToken).Claims, TimeProvider.System.GetUtcNow());
        foreach (string name in names)
        {
            string key = world.Key(name).PublicKey;
            Load(world, server, name);
            using HttpResponseMessage answer = await client.GetAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{monitoring}/accountz?acc={key}")));
            JsonNode? detail = answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonNode>())?["account_detail"] : null;
            AccountNode node = nodes[name];
            string Claims(string of) => Tokens.PayloadOf(world.Find(of)!)["nats"]!.ToJsonString();
            string all = string.Join("\n   ", names.Select(other => $"{other} {world.Key(other).PublicKey}: {Claims(world.Key(other).PublicKey)}"));
            string about = $"store {number}, account {name}: {Claims(key)}\n   all: {all}";
            bool isTaken = detail?["decoded_jwt"] is not null;
            Expect(isTaken == node.IsTaken, $"The server {(isTaken ? "takes" : "refuses")} it, {refusals[name]}: {about}\n{detail?.ToJsonString()}");
            if (!isTaken || !node.IsTaken)
            {
                continue;
            }

            var findings = new Findings(versions);
            ImportUse.Check(node.Claims, findings);
            MappingRules.CheckUse(node.Claims, findings);
            imports.Check(node, findings);
            CompareImports(node, findings, detail!, about);
            CompareMappings(node, findings, detail!, about);
        }
    }

    /// <summary>Connects as a user of an account: servers load what somebody uses.</summary>
    private static void Load(TrustedWorld world, NatsServer server, string account)
    {
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        string token = TrustedWorld.Sign(
            user.PublicKey, "u", new JsonObject { ["type"] = "user", ["version"] = 2, ["subs"] = -1, ["data"] = -1, ["payload"] = -1 },
            world.Key(account));
        RawClient.Connect(server.Url, token, user)?.Dispose();
    }

    private void CompareImports(AccountNode node, Findings findings, JsonNode detail, string about)
    {
        // Of a service, some servers tell the exporter's subject under "to", and ours under "subject"; others the other way round.
        List<string[]> used = [.. (detail["imports"]?.AsArray() ?? []).Select(import => (string[])[.. new[] { "subject", "to" }
            .Where(member => import![member] is not null)
                .Select(member => Show(import!["type"]!.ToString(), import["account"]!.ToString(), import[member]!.ToString()))])];
        for (int index = 0; index < node.Claims.Imports.Count; index++)
        {
            AccountImport import = node.Claims.Imports[index];
            Finding? found = findings.All.FirstOrDefault(finding => finding.Claim == $"imports[{index}]");
            string shown = Show(import.Type!, import.Account!, import.Subject!);
            if (found is null || found.Rule != ValidationRules.ImportTwice.Name)
            {
                bool isUsed = used.Find(names => names.Contains(shown)) is { } match && used.Remove(match);
                Expect(isUsed == found is null || found?.Rule == ValidationRules.ImportCircle.Name,
                    $"The server {(isUsed ? "uses" : "drops")} the import {index}, {found}: {about}\n{detail["imports"]?.ToJsonString()}");
            }
        }
    }

    private void CompareMappings(AccountNode node, Findings findings, JsonNode detail, string about)
    {
        string[] used = [.. (detail["mappings"]?.AsObject() ?? []).Select(mapping => mapping.Key)];
        foreach (string source in node.Claims.Mappings.Select(mapping => mapping.Key))
        {
            Finding? found = findings.All.FirstOrDefault(
                finding => finding.Severity == FindingSeverity.Error && finding.Claim == $"mappings['{source}']");
            bool isUsed = used.Contains(source);
            Expect(isUsed == found is null,
                $"The server {(isUsed ? "uses" : "drops")} the mapping of {source}, {found}: {about}\n{detail["mappings"]?.ToJsonString()}");
        }
    }

    private AccountNode NodeOf(TrustedWorld world, string name, ServerVersions versions)
    {
        var claims = (AccountClaims)JwtReader.Read(world.Find(world.Key(name).PublicKey)!).Claims;
        var findings = new Findings(versions);
        ClaimValidator.Check(claims, TimeProvider.System.GetUtcNow(), findings);
        refusals[name] = Findings.Show(findings.All);
        return new AccountNode(new EntityPath("O", name).ToString(), claims, findings.All.All(finding => finding.Severity > FindingSeverity.Time));
    }

    private static string Show(string type, string account, string subject) => $"{type} {account} {subject}";

    private void Expect(bool holds, string difference)
    {
        if (!holds)
        {
            differences.Add(difference);
        }
    }
}

using System.Text.Json.Nodes;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>What the objects say of imported entities is what nsc itself says of them (<c>nsc describe --json</c>).</summary>
public sealed class GoldenTests(NscBox box) : IClassFixture<NscBox>
{
    private readonly NatsKeysException[] faults = box.Import();

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Vectors.Path("nsc-store/golden"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "activation")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_value_that_nsc_shows_is_the_same_here(string name)
    {
        JsonObject golden = Load(name);
        NatsEntity entity = Entity(name);

        // What is in the entity's file, with every default in it, must be what nsc shows.
        JsonNode read = JsonNode.Parse(System.Text.Encoding.UTF8.GetString(ClaimJson.Payload(entity.Wanted).Written))!;
        Assert.True(JsonNode.DeepEquals(golden, read), $"{golden}\n{read}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Properties_are_those_that_nsc_shows(string name)
    {
        JsonObject golden = Load(name);
        JsonObject nats = golden["nats"]!.AsObject();
        NatsEntity entity = Entity(name);

        Assert.Equal(golden.Text("name"), entity.Name);
        Assert.Equal(golden.Text("sub"), entity.Subject);
        Assert.Equal(golden.Text("iss"), entity.Issuer);
        Assert.Equal(Time(golden["iat"]), entity.IssuedAt);
        Assert.Equal(Time(golden["exp"]), entity.Expires);
        Assert.Equal(Texts(nats["tags"]), entity.Tags);
        switch (entity)
        {
            case NatsOperator owner:
                Assert.Equal(Texts(nats["signing_keys"]), owner.GetSigningKeys().Select(key => key.PublicKey));
                Assert.Equal(Optional(nats, "system_account"), owner.Claims.SystemAccount);
                Assert.Equal(Optional(nats, "account_server_url"), owner.AccountServerUrl);
                Assert.Equal(Texts(nats["operator_service_urls"]), owner.ServiceUrls);
                Assert.Equal(nats.Flag("strict_signing_key_usage"), owner.RequireSigningKeys);
                break;
            case NatsAccount account:
                Check(nats, account);
                break;
            case NatsUser user:
                Assert.Equal(Optional(nats, "issuer_account") ?? golden.Text("iss"), user.IssuerAccount);
                Assert.Equal(nats.Flag("bearer_token"), user.Permissions.BearerToken);
                Assert.Equal((long?)nats["subs"] ?? 0, user.Permissions.Subs);
                Assert.Equal((long?)nats["payload"] ?? 0, user.Permissions.Payload);
                Assert.Equal((long?)nats["data"] ?? 0, user.Permissions.Data);
                break;
            default:
                Assert.Fail(entity.Path.ToString());
                break;
        }
    }

    [Fact]
    public void Nothing_is_refused() => Assert.Empty(faults);

    [Fact]
    public void Every_key_that_nsc_lists_is_in_the_key_root()
    {
        string[] listed = [.. File.ReadAllText(Vectors.Path("nsc-store/golden/list-keys.txt")).Split(' ', '\n')
            .Where(word => PublicNkey.TryGetType(word, out _))];
        Assert.Equal(38, listed.Length);
        Assert.All(listed, key => Assert.True(box.Store.Keys.Contains(key), key));
    }

    private static void Check(JsonObject nats, NatsAccount account)
    {
        JsonArray exports = nats["exports"]?.AsArray() ?? [];
        JsonArray imports = nats["imports"]?.AsArray() ?? [];
        JsonArray keys = nats["signing_keys"]?.AsArray() ?? [];
        JsonObject mappings = nats["mappings"]?.AsObject() ?? [];
        JsonObject revocations = nats["revocations"]?.AsObject() ?? [];
        JsonObject limits = nats["limits"]!.AsObject();

        Assert.Equal(keys.Select(key => key is JsonObject scope ? scope.Text("key") : key!.ToString()),
            account.GetSigningKeys().Select(key => key.PublicKey));
        Assert.Equal(keys.Select(key => (key as JsonObject)?["role"]?.ToString() ?? ""), account.GetSigningKeys().Select(key => key.Role ?? ""));
        Assert.Equal(exports.Select(export => export!["subject"]!.ToString()), account.GetExports().Select(export => export.Subject));
        Assert.Equal(imports.Select(import => import!["subject"]!.ToString()), account.GetImports().Select(import => import.Subject));
        Assert.Equal(mappings.SelectMany(mapping => mapping.Value!.AsArray().Select(target => target!["subject"]!.ToString())),
            account.GetSubjectMappings().Select(mapping => mapping.To));
        Assert.Equal(revocations.Select(entry => Time(entry.Value)), account.Claims.Revocations.Select(entry => UnixTime.ToDate(entry.Value)));
        Assert.Equal((long?)limits["conn"] ?? 0, account.Limits.Conn);
        Assert.Equal((long?)limits["subs"] ?? 0, account.Limits.Subs);
        Assert.Equal((long?)limits["leaf"] ?? 0, account.Limits.Leaf);
        Assert.Equal(limits["tiered_limits"]?.AsObject().Select(tier => tier.Key) ?? [], account.Limits.TieredLimits.Select(tier => tier.Key));
        Assert.Equal(Texts(nats["authorization"]?["auth_users"]), account.Claims.Authorization.AuthUsers);
        Assert.Equal(nats["authorization"]?["xkey"]?.ToString(), account.Claims.Authorization.Xkey);
    }

    private static JsonObject Load(string name) => Vectors.Load($"nsc-store/golden/{name}.json");

    private NatsEntity Entity(string name) => box.Store.Get(name.Split('-', 3) switch
    {
        ["account", var account, ..] => new EntityPath("RICH", account),
        ["user", var account, var user] => new EntityPath("RICH", account, user),
        _ => new EntityPath("RICH"),
    });

    private static DateTimeOffset? Time(JsonNode? seconds) => seconds is null ? null : DateTimeOffset.FromUnixTimeSeconds(seconds.GetValue<long>());

    private static string? Optional(JsonObject entry, string name) => entry[name]?.ToString();

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(entry => entry!.ToString()) ?? [];
}

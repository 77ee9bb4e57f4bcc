using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>
/// What lies between the entities of a store: imports that are dead, circles of them, the system account, roles and their users, keys that two have.
/// </summary>
public sealed class StoreValidatorTests : IDisposable
{
    private static readonly EntityPath E = new("O", "E");
    private static readonly EntityPath I = new("O", "I");

    private readonly StoreBox box = new StoreBox(StorePlace.Memory).With(E).With(I);

    public void Dispose() => box.Dispose();

    [Fact]
    public void An_import_that_is_exported_is_used()
    {
        Export("a.*", "service");
        Import("a.b", "service");
        Assert.Empty(Rules());
    }

    [Fact]
    public void Imports_are_dead_for_what_the_exporter_says()
    {
        Import("a", "stream");
        Assert.Equal(["import.not-exported"], Rules());
        Export("a", "service");
        Assert.Equal(["import.not-exported"], Rules());
        Export("a", "stream", export => export.TokenReq = true);
        Assert.Equal(["import.not-activated"], Rules());

        Change(I, claims => claims.Imports[0].Token = Activation("a", "stream"));
        Assert.Empty(Rules());
        Change(E, claims => claims.Exports[^1].Revocations["*"] = box.Clock.GetUtcNow().ToUnixTimeSeconds() + 1);
        Assert.Equal(["import.not-activated"], Rules());
    }

    [Fact]
    public void An_activation_of_a_key_that_is_off_the_list_is_none()
    {
        Export("a", "service", export => export.TokenReq = true);
        string key = box.AddSigningKey(E);
        Import("a", "service", Activation("a", "service", key));
        Assert.Empty(Rules());
        Change(E, claims => claims.SigningKeys.Clear());
        Assert.Equal(["import.not-activated"], Rules());
    }

    [Fact]
    public void The_importers_key_stands_where_the_exporter_wants_it()
    {
        Export("f.*", "service", export => export.AccountTokenPosition = 2);
        Import($"f.{KeyOf(I)}", "service");
        Assert.Empty(Rules());
        Change(I, claims => claims.Imports[0].Subject = $"f.{KeyOf(E)}");
        Assert.Equal(["import.foreign-key"], Rules());
    }

    [Fact]
    public void An_exporter_that_is_gone_or_refused_gives_nothing()
    {
        Export("a", "stream");
        Import("a", "stream");
        Change(E, claims => claims.Expires = 1_000_000_000);
        Assert.Equal(["time.expired", "import.exporter"], Rules());
        Change(E, claims => claims.Expires = 0);
        Change(I, claims => claims.Imports[0].Account = PublicKeyOf(NatsKeyType.Account));
        Assert.Equal(["import.exporter"], Rules());
    }

    [Fact]
    public void A_token_from_elsewhere_with_a_share_that_is_none_is_found_and_can_be_mended()
    {
        Export("a", "service", export => export.ServiceLatency = new ServiceLatency { Sampling = 1, Results = "r" });
        NatsEntity account = box.Store.Get(E);
        using NatsKeyPair signer = box.Store.Keys.Find(account.Issuer!)!;
        string token = Tokens.Sign(
            Tokens.PayloadOf(account.Jwt!).ToJsonString().Replace("\"sampling\":1", "\"sampling\":101", StringComparison.Ordinal), signer);
        ((MemoryStore)box.Store).Save(E, token);
        Assert.Equal(["export.latency-sampling"], Rules());
        Assert.Equal(EntityState.Signed, box.Store.Get(E).State);
        Change(E, claims => claims.Exports[0].ServiceLatency!.Sampling = 5);
        Assert.Empty(Rules());
    }

    [Fact]
    public void Circles_of_imports_are_found_on_every_way()
    {
        EntityPath third = new("O", "T");
        box.With(third);
        foreach ((EntityPath importer, EntityPath exporter) in ((EntityPath, EntityPath)[])[(I, E), (E, third)])
        {
            Change(exporter, claims => claims.Exports.Add(new AccountExport { Subject = "x", Type = "stream" }));
            Change(importer, claims => claims.Imports.Add(new AccountImport { Subject = "x", Type = "stream", Account = KeyOf(exporter) }));
        }

        Assert.Empty(Rules());
        Change(I, claims => claims.Exports.Add(new AccountExport { Subject = "x", Type = "stream" }));
        Change(third, claims => claims.Imports.Add(new AccountImport { Subject = "x", Type = "stream", Account = KeyOf(I) }));
        Assert.Equal(["import.circle", "import.circle", "import.circle"], Rules());
    }

    [Fact]
    public void The_system_account_has_no_JetStream()
    {
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = KeyOf(E));
        Assert.Empty(Rules());
        Change(I, claims => claims.Limits.DiskStorage = 1);
        Assert.Empty(Rules());
        Change(E, claims => claims.Limits.TieredLimits["R1"] = new JetStreamLimits { DiskStorage = 1 });
        StoreFinding found = Assert.Single(StoreValidator.Check(box.Store));
        Assert.Equal(("system.jetstream", FindingSeverity.Error, E), (found.Rule, found.Severity, found.Path));

        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = PublicKeyOf(NatsKeyType.Account));
        Assert.Equal(["system.missing"], Rules());
    }

    [Theory]
    [InlineData("x.{{tag(team)}}", true, "connect.template")]
    [InlineData("x.{{tag(team)}}", false, "connect.template-empty connect.template-empty")]
    [InlineData("{{tag(a)}}.{{tag(team)}}.x", false, "connect.template-crash connect.template-empty")]
    public void Users_whom_their_roles_keep_out_are_found(string subject, bool isDenied, string rules)
    {
        AddUserOfRole(template => (isDenied ? template.Pub.Deny : template.Pub.Allow).Add(subject), "a:1");
        Assert.Equal(rules.Split(' ').Distinct(), Rules().Distinct());
    }

    [Fact]
    public void A_user_with_the_tags_of_its_role_is_let_in()
    {
        AddUserOfRole(template => template.Pub.Allow.Add("{{tag(a)}}.{{tag(team)}}.x"), "a:1", "team:x");
        Assert.Empty(Rules());
    }

    [Fact]
    public void What_an_operator_asserts_rules_older_servers_out()
    {
        AddUserOfRole(template =>
        {
            template.Pub.Allow.Add("{{tag(a)}}.{{tag(team)}}.x");
            template.Pub.Allow.Add("y");
        }, "a:1");
        StoreFinding found = Assert.Single(StoreValidator.Check(box.Store));
        Assert.Equal(("connect.template-crash", FindingSeverity.Warning), (found.Rule, found.Severity));
        Assert.Contains("2.10.5", found.Message, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Error,
            Assert.Single(StoreValidator.Check(box.Store, servers: ServerVersions.Of([new ServerVersion(2, 9, 10)]))).Severity);
        Assert.Empty(StoreValidator.Check(box.Store, servers: ServerVersions.Of([new ServerVersion(2, 10, 27)])));

        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).AssertServerVersion = "2.11.0");
        Assert.Empty(Rules());
    }

    [Fact]
    public void A_key_serves_one_account()
    {
        string key = box.AddSigningKey(E);
        Change(I, claims => claims.SigningKeys.Add(new AccountSigningKey { Key = key }));
        Assert.Equal(["key.shared"], Rules());
        Change(I, claims => claims.SigningKeys[0].Key = KeyOf(E));
        Assert.Equal(["key.shared"], Rules());
    }

    private void AddUserOfRole(Action<UserPermissions> template, params string[] tags)
    {
        box.With(StoreBox.U);
        string role = box.AddRole("r");
        Change(StoreBox.A, claims => template(claims.SigningKeys[0].Template));
        using NatsKeyPair signer = box.Store.Keys.Find(role)!;
        var user = (UserClaims)box.User.Claims.Copy();
        user.Permissions = new UserPermissions { Subs = 0, Data = 0, Payload = 0 };
        user.IssuerAccount = box.Account.Subject;
        user.Tags = [.. tags];
        box.Save(StoreBox.U, user, signer);
    }

    private string[] Rules() => [.. StoreValidator.Check(box.Store).Select(finding => finding.Rule)];

    private string KeyOf(EntityPath path) => box.Store.Get(path).Subject!;

    private void Change(EntityPath path, Action<AccountClaims> change) => box.Resign(path, claims => change((AccountClaims)claims));

    private void Export(string subject, string type, Action<AccountExport>? configure = null)
    {
        var export = new AccountExport { Subject = subject, Type = type };
        configure?.Invoke(export);
        Change(E, claims => claims.Exports.Add(export));
    }

    private void Import(string subject, string type, string? token = null) =>
        Change(I, claims => claims.Imports.Add(new AccountImport { Subject = subject, Type = type, Account = KeyOf(E), Token = token }));

    private string Activation(string subject, string type, string? key = null)
    {
        using NatsKeyPair signer = box.Store.Keys.Find(key ?? KeyOf(E))!;
        var claims = new ActivationClaims { Subject = KeyOf(I), ImportSubject = subject, ImportKind = type,
            IssuerAccount = key is null ? null : KeyOf(E) };
        return JwtWriter.Write(claims, signer, box.Clock);
    }

    private static string PublicKeyOf(NatsKeyType type)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(type);
        return key.PublicKey;
    }
}

using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class AccessAuditorTests
{
    private static readonly EntityPath B = new("O", "B");
    private static readonly EntityPath V = B.Child("V");

    [Theory]
    [EveryStore]
    public void What_everybody_needs_is_there_and_nothing_is_told(StorePlace place)
    {
        using StoreBox box = World(place);
        Assert.Empty(Of(box));
    }

    [Fact]
    public void A_generated_operator_has_no_finding()
    {
        using var box = new StoreBox(StorePlace.Memory);
        box.Edit(editor => editor.CreateOperatorWithSystemAccount(new NewEntity("O"), "SYS"));
        Assert.NotEmpty(((NatsAccount)box.Store.Get(new EntityPath("O", "SYS"))).GetExports());
        Assert.Empty(Of(box));
    }

    [Theory]
    [InlineData("stream", "imports[0]", "subscribe to 'in.news.>'")]
    [InlineData("service", "imports[1]", "publish to 'price.*'")]
    public void An_import_that_nobody_may_use_is_told_and_the_export_if_nobody_else_imports_it(string kind, string claim, string part)
    {
        using StoreBox box = World(StorePlace.Memory);
        Allow(box, V, publish: kind == "service" ? "x" : "price.*", subscribe: kind == "stream" ? "x" : "in.>");
        StoreFinding[] found = Of(box);
        Assert.Equal(["audit.unreachable-export", "audit.unreachable-import"], found.Select(finding => finding.Rule));
        Assert.Equal((claim.Replace("im", "ex", StringComparison.Ordinal), claim), (found[0].Claim, found[1].Claim));
        Assert.Contains(part, found[1].Message, StringComparison.Ordinal);
        Assert.All(found, finding => Assert.Equal(FindingSeverity.Advice, finding.Severity));

        // A role may have users that are not there yet.
        AddRole(box, B, publish: "price.milk", subscribe: "in.news.a");
        Assert.Empty(Of(box));
    }

    [Theory]
    [InlineData("news.>", "none", "exports[1]", "no request is answered")]
    [InlineData("none", "price.*", "exports[0]", "no message is sent")]
    public void An_export_that_nobody_serves_is_told(string publish, string subscribe, string claim, string part)
    {
        using StoreBox box = World(StorePlace.Memory);
        Allow(box, StoreBox.U, publish, subscribe);
        StoreFinding found = Assert.Single(Of(box));
        Assert.Equal(("audit.unreachable-export", claim), (found.Rule, found.Claim));
        Assert.Contains(part, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JetStream_serves_exports_and_reads_imports_without_any_user()
    {
        using StoreBox box = World(StorePlace.Memory);
        Allow(box, StoreBox.U, "none", "none");
        Allow(box, V, "price.*", "none");
        Assert.Equal(["exports[0]", "exports[1]", "imports[0]"], Of(box).Select(finding => finding.Claim));
        foreach (EntityPath account in new[] { StoreBox.A, B })
        {
            box.Resign(account, claims => ((AccountClaims)claims).Limits.DiskStorage = 1000);
        }

        Assert.Empty(Of(box));
    }

    [Fact]
    public void An_export_that_no_account_imports_is_told_but_not_of_the_system_account()
    {
        using StoreBox box = World(StorePlace.Memory);
        box.Resign(B, claims => ((AccountClaims)claims).Imports.Clear());
        Assert.Equal(["exports[0]", "exports[1]"], Of(box).Select(finding => finding.Claim));
        Assert.All(Of(box), finding => Assert.Contains("no account imports it", finding.Message, StringComparison.Ordinal));
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = box.Account.Subject);
        Assert.Empty(Of(box));
    }

    [Fact]
    public void An_import_that_others_import_again_is_used_by_them()
    {
        var third = new EntityPath("O", "C");
        using StoreBox box = World(StorePlace.Memory).With(third.Child("W"));
        Allow(box, V, "none", "in.>");
        Assert.Equal(2, Of(box).Length);
        box.Resign(B, claims => ((AccountClaims)claims).Exports.Add(new AccountExport { Name = "p", Subject = "price.*", Type = "service" }));
        Import(box, third, B, "price.*", "service");
        Allow(box, third.Child("W"), "price.milk", "none");
        Assert.Empty(Of(box));
    }

    [Fact]
    public void A_mapping_leads_to_an_export_and_away_from_an_import()
    {
        using StoreBox box = World(StorePlace.Memory);
        Allow(box, StoreBox.U, "mapped.x", "price.*");
        Assert.Equal(["exports[0]"], Of(box).Select(finding => finding.Claim));
        Map(box, StoreBox.A, "old.*", "news.$1");
        Assert.Equal(["exports[0]"], Of(box).Select(finding => finding.Claim));

        // Servers ask for the permission to publish the target.
        Allow(box, StoreBox.U, "news.x", "price.*");
        Assert.Empty(Of(box));
        Map(box, B, "price.*", "elsewhere.$1");
        Assert.Contains("imports[1]", Of(box).Select(finding => finding.Claim));
    }

    [Fact]
    public void Nothing_is_said_of_accounts_in_which_there_may_be_others()
    {
        using StoreBox box = World(StorePlace.Memory);
        Allow(box, V, "none", "none");
        Assert.Equal(4, Of(box).Length);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Authorization = new ExternalAuthorization
        {
            AuthUsers = [box.User.Subject!], AllowedAccounts = [box.Store.Get(B).Subject!],
        });
        Assert.Empty(Of(box));

        // Nobody knows the users of an account without any.
        using StoreBox other = World(StorePlace.Memory);
        other.Store.Delete(V);
        Assert.Empty(Of(other));
    }

    [Fact]
    public void Who_is_revoked_or_has_expired_does_not_count()
    {
        using StoreBox box = World(StorePlace.Memory).With(B.Child("Other"));
        Allow(box, B.Child("Other"), "none", "none");
        box.Resign(B, claims => ((AccountClaims)claims).Revocations[box.Store.Get(V).Subject!] = long.MaxValue);
        Assert.Equal(4, Of(box).Length);
    }

    [Fact]
    public void Who_was_signed_by_a_key_that_is_gone_does_not_count()
    {
        using StoreBox box = World(StorePlace.Memory).With(StoreBox.A.Child("all"));
        Assert.Equal(["audit.open-exports"], Of(box).Select(finding => finding.Rule));
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Save(StoreBox.A.Child("all"), box.Store.Get(StoreBox.A.Child("all")).Wanted, stranger);
        Assert.Empty(Of(box));
    }

    [Fact]
    public void A_role_that_allows_nothing_is_told()
    {
        using StoreBox box = World(StorePlace.Memory);
        AddRole(box, StoreBox.A, "a.>", "b", denyPublish: ">", denySubscribe: "b");
        StoreFinding found = Assert.Single(Of(box));
        Assert.Equal(
            ("audit.empty-role", "signing_keys[0].template", FindingSeverity.Warning), (found.Rule, found.Claim, found.Severity));

        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys[0].Template.Sub.Deny[0] = "b.{{name()}}");
        Assert.Empty(Of(box));
    }

    [Fact]
    public void Who_may_do_everything_in_an_account_with_exports_is_told_with_the_account()
    {
        using StoreBox box = World(StorePlace.Memory).With(StoreBox.A.Child("all"));
        AddRole(box, StoreBox.A, ">", ">");
        AddRole(box, StoreBox.A, ">", ">", denyPublish: "no.{{name()}}");
        StoreFinding found = Assert.Single(Of(box));
        Assert.Equal(("audit.open-exports", "exports", FindingSeverity.Warning), (found.Rule, found.Claim, found.Severity));
        Assert.Contains("role r0; user all.", found.Message, StringComparison.Ordinal);

        Allow(box, StoreBox.A.Child("all"), ">", "a.>");
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys.RemoveAt(
            ((AccountClaims)claims).SigningKeys.FindIndex(key => key.Role == "r0")));
        Assert.Empty(Of(box));

        // Without exports, an account is an island.
        Allow(box, V, ">", ">");
        Assert.Empty(Of(box));
    }

    [Fact]
    public void What_cannot_be_read_might_have_access()
    {
        using StoreBox box = World(StorePlace.Disk);
        Allow(box, V, "none", "none");
        Assert.Equal(4, Of(box).Length);
        File.WriteAllText(box.At("store", "O", "accounts", "B", "users", "bad.yaml"), "{");
        Assert.Empty(Of(box));
    }

    [Fact]
    public void Accounts_without_a_key_or_with_that_of_another_one_are_told_apart()
    {
        using StoreBox box = World(StorePlace.Disk);
        string folder = box.At("store", "O", "accounts");
        foreach (string name in new[] { "N", "M" })
        {
            Directory.CreateDirectory(Path.Combine(folder, name, "users"));
            File.WriteAllText(
                Path.Combine(folder, name, "users", "u.yaml"), "kind: user\nname: u\nclaims: { pub: { allow: [x] }, sub: { allow: [x] } }\n");
        }

        string import = $"{{ name: i, subject: news.a, account: {box.Account.Subject}, type: stream }}";
        File.WriteAllText(Path.Combine(folder, "N", "account.yaml"), $"kind: account\nname: N\nclaims: {{ imports: [{import}] }}\n");
        File.WriteAllText(Path.Combine(folder, "M", "account.yaml"), "kind: account\nname: M\n");
        StoreFinding found = Assert.Single(Of(box));
        Assert.Equal(("account O/N", "audit.unreachable-import"), ($"{found.Path}", found.Rule));

        // What the copy exports, nobody imports: the key is that of the first one.
        Directory.CreateDirectory(Path.Combine(folder, "Z"));
        File.Copy(Path.Combine(folder, "A", "account.yaml"), Path.Combine(folder, "Z", "account.yaml"));
        Assert.Equal(["account O/Z", "account O/Z"], Of(box).Where(one => one.Rule == "audit.unreachable-export").Select(one => $"{one.Path}"));
    }

    [Fact]
    public void Many_ways_do_not_take_for_ever()
    {
        // Each of six layers of accounts imports one subject from all of the next one: the ways are 6 to the power of 6.
        const int width = 6;
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        EntityPath[][] layers = [.. Enumerable.Range(0, width).Select(
            layer => Enumerable.Range(0, width).Select(number => new EntityPath("O", $"L{layer}-{number}")).ToArray())];
        foreach (EntityPath account in layers.SelectMany(layer => layer))
        {
            box.With(account.Child("u"));
            Allow(box, account.Child("u"), "none", "none");
            box.Resign(account, claims => ((AccountClaims)claims).Exports.Add(new AccountExport { Name = "s", Subject = "s.*", Type = "service" }));
        }

        foreach ((EntityPath[] layer, EntityPath[] next) in layers.Zip(layers.Skip(1)))
        {
            foreach (EntityPath account in layer)
            {
                foreach (EntityPath exporter in next)
                {
                    Import(box, account, exporter, "s.*", "service");
                }
            }
        }

        // Where it stops to look, somebody has access.
        Assert.Contains(Of(box), finding => finding.Rule == "audit.unreachable-import");
    }

    /// <summary>A exports what U serves, and B imports it for V.</summary>
    private static StoreBox World(StorePlace place)
    {
        StoreBox box = new StoreBox(place).With(StoreBox.U).With(V);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Exports.AddRange(
        [
            new AccountExport { Name = "n", Subject = "news.>", Type = "stream" },
            new AccountExport { Name = "p", Subject = "price.*", Type = "service" },
        ]));
        Import(box, B, StoreBox.A, "news.>", "stream", "in.news.>");
        Import(box, B, StoreBox.A, "price.*", "service");
        Allow(box, StoreBox.U, "news.x", "price.milk");
        Allow(box, V, "price.*", "in.>");
        return box;
    }

    private static void Import(StoreBox box, EntityPath importer, EntityPath exporter, string subject, string type, string? local = null) =>
        box.Resign(importer, claims => ((AccountClaims)claims).Imports.Add(new AccountImport
        {
            Name = $"{exporter}", Subject = subject, Type = type, Account = box.Store.Get(exporter).Subject, LocalSubject = local,
        }));

    private static void Allow(StoreBox box, EntityPath user, string publish, string subscribe) => box.Resign(user, claims =>
    {
        UserPermissions permissions = ((UserClaims)claims).Permissions;
        (permissions.Pub.Allow, permissions.Sub.Allow) = ([publish], [subscribe]);
    });

    private static void AddRole(
        StoreBox box, EntityPath account, string publish, string subscribe, string? denyPublish = null, string? denySubscribe = null) =>
        box.Resign(account, claims =>
        {
            using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
            ClaimList<AccountSigningKey> keys = ((AccountClaims)claims).SigningKeys;
            var role = new AccountSigningKey { Key = key.PublicKey, IsScoped = true, Role = $"r{keys.Count}" };
            role.Template.Pub.Allow.Add(publish);
            role.Template.Sub.Allow.Add(subscribe);
            role.Template.Pub.Deny = denyPublish is null ? [] : [denyPublish];
            role.Template.Sub.Deny = denySubscribe is null ? [] : [denySubscribe];
            keys.Add(role);
        });

    private static void Map(StoreBox box, EntityPath account, string source, string target) =>
        box.Resign(account, claims => ((AccountClaims)claims).Mappings[source] = [new WeightedMapping { Subject = target }]);

    private static StoreFinding[] Of(StoreBox box) =>
    [
        .. StoreAuditor.Check(box.Store)
            .Where(finding => finding.Rule is "audit.unreachable-export" or "audit.unreachable-import" or "audit.empty-role" or "audit.open-exports")
            .OrderBy(finding => finding.Rule, StringComparer.Ordinal)
            .ThenBy(finding => finding.Claim, StringComparer.Ordinal),
    ];
}

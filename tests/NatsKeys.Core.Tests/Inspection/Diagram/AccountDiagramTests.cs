using System.Globalization;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class AccountDiagramTests
{
    private static readonly EntityPath B = new("O", "B");

    [Theory]
    [EveryStore]
    public void Operators_hold_accounts_and_exports_lead_to_imports(StorePlace place)
    {
        using StoreBox box = WithExports(place);
        Import(box, "orders.new", "stream", local: "mine");
        Import(box, "help", "service");
        Assert.Equal(
            """
            flowchart LR
              subgraph o1["operator O"]
                subgraph a1["account A"]
                  a1e1(["export service help"])
                  a1e2(["export stream orders.#62;<br/>All of them"])
                  a1e3(["export stream secret"])
                end
                subgraph a2["account B"]
                  a2i1["import service help"]
                  a2i2["import stream orders.new<br/>as mine"]
                end
              end
              a2i1 --> a1e1
              a1e2 --> a2i2
              classDef private stroke-dasharray:5 5
              class a1e3 private

            """,
            All(box));
    }

    [Fact]
    public void Users_and_signing_keys_are_drawn_where_that_is_asked_for()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        box.With(StoreBox.A);
        string role = box.AddRole("sensor");
        box.With(StoreBox.U);
        using (NatsKeyPair signer = box.Store.Keys.Find(role)!)
        {
            box.Save(StoreBox.U, new UserClaims { Name = "U", Subject = box.User.Subject, IssuerAccount = box.Account.Subject }, signer);
        }

        using (NatsKeyPair signer = box.Store.Keys.Find(key)!)
        {
            box.Save(StoreBox.A, box.Account.Wanted, signer);
        }

        Assert.Equal(
            $$$"""
            flowchart LR
              subgraph o1["operator O"]
                o1k1{{"signing key {{{key[..12]}}}…"}}
                subgraph a1["account A"]
                  a1k1{{"role sensor<br/>{{{role[..12]}}}…"}}
                  a1u1("user U")
                end
              end
              a1k1 --- a1u1
              o1k1 --- a1

            """,
            AccountDiagram.Make([box.Operator, box.Account], new DiagramContent(Users: true, SigningKeys: true)).Text);
        Assert.Equal("flowchart LR\n  subgraph o1[\"operator O\"]\n    a1[\"account A\"]\n  end\n", All(box));
    }

    [Fact]
    public void What_is_not_as_it_should_be_is_told()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        foreach (string name in new[] { "Revoked", "Unsigned", "Modified", "Expired", "Later", "Foreign" })
        {
            box.With(StoreBox.A.Child(name));
        }

        long now = box.Clock.GetUtcNow().ToUnixTimeSeconds();
        string revoked = box.Store.Get(StoreBox.A.Child("Revoked")).Subject!;
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Revocations[revoked] = now + 1);
        NatsEntity unsigned = box.Store.Get(StoreBox.A.Child("Unsigned"));
        box.Store.Save(unsigned.Path, new EntityDocument(unsigned.Wanted, Jwt: null));
        NatsEntity modified = box.Store.Get(StoreBox.A.Child("Modified"));
        var wanted = (ClaimSet)modified.Wanted.Copy();
        wanted.Tags.Add("x");
        box.Store.Save(modified.Path, new EntityDocument(wanted, modified.Jwt));
        box.Resign(StoreBox.A.Child("Expired"), claims => claims.Expires = now - 10);
        box.Resign(StoreBox.A.Child("Later"), claims => claims.NotBefore = now + 1000);
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Save(StoreBox.A.Child("Foreign"), box.Store.Get(StoreBox.A.Child("Foreign")).Wanted, stranger);

        string text = AccountDiagram.Make([box.Account], new DiagramContent(Users: true)).Text;
        Assert.Equal(
            ["user Expired<br/>expired", "user Foreign<br/>not trusted", "user Later<br/>not valid yet", "user Modified<br/>edited and not signed",
                "user Revoked<br/>revoked", "user U", "user Unsigned<br/>not signed"],
            Labels(text).Where(label => label.StartsWith("user", StringComparison.Ordinal)));
        Assert.Contains("  class a1u1,a1u2,a1u5 refused\n", text, StringComparison.Ordinal);
        Assert.Contains("  class a1u3,a1u4,a1u7 unready\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_that_cannot_be_read_is_told()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "U.yaml"), "{");
        Assert.Contains("user U<br/>cannot be read", Labels(AccountDiagram.Make([box.Account], new DiagramContent(Users: true)).Text));
    }

    [Theory]
    [InlineData("nowhere", null, "not exported")]
    [InlineData("secret", null, "no activation")]
    [InlineData("secret", "unreadable", "activation cannot be read")]
    [InlineData("secret", "good", null)]
    [InlineData("secret", "another subject", "activation for another account or subject")]
    [InlineData("secret", "another importer", "activation for another account or subject")]
    [InlineData("secret", "a stranger's", "activation not trusted")]
    [InlineData("secret", "revoked", "activation revoked")]
    [InlineData("secret", "expired", "activation expired")]
    [InlineData("secret", "later", "activation not valid yet")]
    public void An_import_that_servers_would_not_connect_says_why(string subject, string? activation, string? fault)
    {
        using StoreBox box = WithExports(StorePlace.Memory);
        string? token = activation is null or "unreadable" ? activation : Activation(box, activation);
        Import(box, subject, "stream", token: token);
        string end = fault is null ? "\n" : $"|\"{fault}\"| a2i1\n";
        Assert.Contains($"{(subject == "secret" ? "a1e3 -.->" : "a1 -->")}{(fault is null ? " a2i1" : "")}{end}", All(box), StringComparison.Ordinal);
        Assert.Equal(fault is not null, All(box).Contains("linkStyle 0 stroke:crimson", StringComparison.Ordinal));
    }

    [Fact]
    public void Accounts_that_are_not_drawn_stand_outside()
    {
        using StoreBox box = WithExports(StorePlace.Memory);
        Import(box, "orders.x", "stream");
        Import(box, "orders.y", "stream", from: Tokens.Payload("account-min").Text("sub"));
        string text = AccountDiagram.Make([box.Store.Get(B)]).Text;
        Assert.Contains("  x1[\"account A\"]\n", text, StringComparison.Ordinal);
        Assert.Contains($"  x2[\"account {Tokens.Payload("account-min").Text("sub")[..12]}…<br/>not in the store\"]\n", text,
            StringComparison.Ordinal);
        Assert.Contains("  x1 --> a1i1\n  x2 --> a1i2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_operators_stand_side_by_side_and_nothing_stands_twice()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A).With(new EntityPath("P", "A"));
        string text = AccountDiagram.Make([box.Account, box.Operator, box.Account, box.Store.Get(new EntityPath("P", "A"))]).Text;
        Assert.Equal(["operator O", "account A", "operator P", "account A"], Labels(text));
        Assert.Equal(4, Regex.Matches(text, @"\b[oa][12](?=\[)").Select(match => match.Value).Distinct().Count());
    }

    [Theory]
    [EveryStore]
    public void Who_uses_exports_and_imports_is_drawn_where_that_is_asked_for(StorePlace place)
    {
        using StoreBox box = WithExports(place).With(StoreBox.U).With(StoreBox.A.Child("gone")).With(B.Child("V")).With(B.Child("W"));
        Import(box, "orders.*", "stream", local: "in.$1");
        Import(box, "help", "service");
        Allow(box, StoreBox.U, ["orders.new", "orders.old.x"], ["help", "x"]);
        Allow(box, StoreBox.A.Child("gone"), [">"], [">"]);
        box.Resign(StoreBox.A, claims =>
            ((AccountClaims)claims).Revocations[box.Store.Get(StoreBox.A.Child("gone")).Subject!] = box.Clock.GetUtcNow().ToUnixTimeSeconds() + 1);
        Allow(box, B.Child("V"), ["help"], ["in.>"]);
        Allow(box, B.Child("W"), ["help"], ["in.>"]);
        using (NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account))
        {
            var role = new AccountSigningKey { Key = key.PublicKey, IsScoped = true, Role = "dev" };
            (role.Template.Pub.Allow, role.Template.Sub.Allow) = (["tele.{{name()}}"], ["in.a"]);
            box.Resign(B, claims => ((AccountClaims)claims).SigningKeys.Add(role));
        }

        Assert.Equal(
            """
            flowchart LR
              subgraph o1["operator O"]
                subgraph a1["account A"]
                  a1e1(["export service help"])
                  a1e2(["export stream orders.#62;<br/>All of them"])
                  a1e3(["export stream secret"])
                  a1h1("user U<br/>publish orders.new, orders.old.x<br/>subscribe to help, x")
                end
                subgraph a2["account B"]
                  a2i1["import service help"]
                  a2i2["import stream orders.#42;<br/>as in.#36;1"]
                  a2h1("role dev<br/>publish tele.#123;#123;name()#125;#125;<br/>subscribe to in.a")
                  a2h2("users V, W<br/>publish help<br/>subscribe to in.#62;")
                end
              end
              a1e1 --> a1h1
              a1h1 -->|"orders.new, orders.old.x"| a1e2
              a2i2 -->|"in.a"| a2h1
              a2h2 --> a2i1
              a2i2 --> a2h2
              a2i1 --> a1e1
              a1e2 --> a2i2
              classDef private stroke-dasharray:5 5
              class a1e3 private

            """,
            Access(box).Text);
    }

    [Fact]
    public void Users_of_roles_are_named_where_that_is_asked_for()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        string key = box.AddRole("sensor");
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            box.With(StoreBox.A.Child(name));
            box.Edit(editor => editor.Change(StoreBox.A.Child(name), SigningKeyChoice.Named(key), _ => { }));
        }

        Assert.Contains("role sensor (4 users)<br/>publish everything<br/>subscribe to everything", Labels(Access(box).Text));
        Assert.Contains("role sensor (a, b, c and 1 more)<br/>publish everything<br/>subscribe to everything", Labels(
            AccountDiagram.Make([box.Account], new DiagramContent(Users: true, Access: true)).Text));
    }

    [Fact]
    public void Operators_of_one_name_from_two_stores_are_drawn_each_with_its_own_users()
    {
        using StoreBox first = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        using StoreBox second = new StoreBox(StorePlace.Memory).With(StoreBox.A.Child("V"));
        string text = AccountDiagram.Make([first.Account, second.Account], new DiagramContent(Access: true)).Text;
        Assert.Equal(
            ["operator O", "account A", "user U", "operator O", "account A", "user V"], Labels(text).Select(label => label.Split("<br/>")[0]));
    }

    [Fact]
    public void Users_that_cannot_be_read_are_told()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "bad.yaml"), "{");
        var faults = new List<NatsKeysException>();
        Assert.Contains("user U", AccountDiagram.Make([box.Account], new DiagramContent(Access: true), faults.Add).Text, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InvalidYaml, Assert.Single(faults).Code);
    }

    [Fact]
    public void Many_users_of_an_account_are_drawn_together_if_they_use_the_same()
    {
        using StoreBox box = WithExports(StorePlace.Memory);
        for (int number = 0; number < 12; number++)
        {
            EntityPath user = StoreBox.A.Child(string.Create(CultureInfo.InvariantCulture, $"u{number:00}"));
            box.With(user);
            Allow(box, user, [string.Create(CultureInfo.InvariantCulture, $"{(number < 6 ? "orders" : "x")}.{number}")], ["_INBOX.>"]);
        }

        string text = Access(box).Text;
        Assert.Contains("user u00, user u01, user u02 and 3 more", Labels(text));
        Assert.Contains("user u06, user u07, user u08 and 3 more", Labels(text));
        Assert.Contains("  a1h1 --> a1e2\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a1h3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_accounts_are_drawn_with_what_they_use_of_each_other()
    {
        const int accounts = 80;
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        EntityPath[] paths = [.. Enumerable.Range(0, accounts)
            .Select(number => new EntityPath("O", string.Create(CultureInfo.InvariantCulture, $"a{number:00}")))];
        foreach (EntityPath path in paths)
        {
            box.With(path.Child("u"));
            box.Resign(path, claims => ((AccountClaims)claims).Exports.AddRange(
            [
                new AccountExport { Subject = "s.a", Type = "stream" }, new AccountExport { Subject = "s.b", Type = "stream" },
                new AccountExport { Subject = "q", Type = "service" },
            ]));
        }

        foreach ((EntityPath importer, EntityPath exporter) in paths.Zip(paths.Skip(1)))
        {
            box.Resign(importer, claims => ((AccountClaims)claims).Imports.AddRange(
                new[] { ("s.a", "stream"), ("s.b", "stream"), ("q", "service") }.Select(of => new AccountImport
                {
                    Subject = of.Item1, Type = of.Item2, Account = box.Store.Get(exporter).Subject, LocalSubject = $"x.{of.Item1}",
                })));
        }

        // One of them may use nothing of what it imports.
        Allow(box, paths[5].Child("u"), ["y"], ["y"]);
        MermaidDiagram drawn = Access(box);
        Assert.Equal((AccessDetail.Accounts, 2 * (accounts - 2)), (drawn.Detail, drawn.Links));
        Assert.True(drawn.IsSmall);
        Assert.Contains("  a1[\"account a00<br/>1 user\"]\n", drawn.Text, StringComparison.Ordinal);
        Assert.Contains("  a2 -->|\"2 streams\"| a1\n", drawn.Text, StringComparison.Ordinal);
        Assert.Contains("  a1 -->|\"1 service\"| a2\n", drawn.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a7 -->|\"2 streams\"| a6", drawn.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"]; end\nstyle x fill:#f00")]
    [InlineData("%%{init: {\"theme\":\"dark\"}}%%")]
    [InlineData("#quot; &lt; <script>alert(1)</script>")]
    [InlineData("`**bold**` \\ | {x} [y] $z ~ ^ ' = @ ! ? *")]
    [InlineData("ünï 名前 🔑\u2028\u0085x")]
    public void No_name_breaks_out_of_its_label(string name)
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Exports.Add(new AccountExport { Subject = "x", Type = "stream", Name = name }));
        string label = Labels(All(box)).Single(text => text.StartsWith("export", StringComparison.Ordinal)).Split("<br/>")[1];

        Assert.Matches(@"^([\p{L}\p{N}\p{Cs} ./_(),-]|#[0-9]+;)*\z", label);
        string read = Regex.Replace(
            label, "#([0-9]+);", match => char.ConvertFromUtf32(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(Regex.Replace(name, "[\\n\u2028\u0085]", " "), read);
    }

    [Fact]
    public void Operators_that_have_no_key_yet_are_drawn_one_by_one()
    {
        using var box = new StoreBox(StorePlace.Disk);
        foreach (string name in (string[])["P", "Q"])
        {
            string folder = box.At("store", name);
            Directory.CreateDirectory(Path.Combine(folder, "accounts", "A"));
            File.WriteAllText(Path.Combine(folder, "operator.yaml"), $"kind: operator\nname: {name}\n");
            File.WriteAllText(Path.Combine(folder, "accounts", "A", "account.yaml"), "kind: account\nname: A\n");
        }

        IEnumerable<NatsEntity> all = box.Store.Names().Select(name => box.Store.Get(new EntityPath(name)))
            .SelectMany(above => box.Store.Children(above).Prepend(above));
        Assert.Equal(
            ["operator P", "account A", "operator Q", "account A"],
            Labels(AccountDiagram.Make(all).Text).Select(label => label.Split('<')[0]));
    }

    [Fact]
    public void More_routes_than_are_followed_are_told()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Exports.Add(new AccountExport { Subject = "x", Type = "stream" }));
        AddMappings(box, 0, 1999);
        Allow(box, StoreBox.U, ["m1"], []);
        Assert.False(Access(box).IsCut);
        AddMappings(box, 1999, 2100);
        Assert.True(Access(box).IsCut);
    }

    private static void AddMappings(StoreBox box, int first, int end) => box.Resign(StoreBox.A, claims =>
    {
        for (int number = first; number < end; number++)
        {
            ((AccountClaims)claims).Mappings.Add(
                string.Create(CultureInfo.InvariantCulture, $"m{number}"), [new WeightedMapping { Subject = "x", Weight = 100 }]);
        }
    });

    private static string All(StoreBox box) => AccountDiagram.Make([box.Operator, .. box.Store.Children(box.Operator)]).Text;

    private static IEnumerable<string> Labels(string text) => Regex.Matches(text, "(?<=[\\[({]\")[^\"\n]*(?=\"[\\])}])").Select(match => match.Value);

    private static MermaidDiagram Access(StoreBox box) =>
        AccountDiagram.Make([box.Operator, .. box.Store.Children(box.Operator)], new DiagramContent(Access: true));

    private static void Allow(StoreBox box, EntityPath user, string[] publish, string[] subscribe) => box.Resign(user, claims =>
    {
        UserPermissions permissions = ((UserClaims)claims).Permissions;
        (permissions.Pub.Allow, permissions.Sub.Allow) = ([.. publish], [.. subscribe]);
    });

    private static StoreBox WithExports(StorePlace place)
    {
        StoreBox box = new StoreBox(place).With(StoreBox.A).With(B);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Exports.AddRange(
        [
            new AccountExport { Subject = "orders.>", Type = "stream", Name = "All of them" },
            new AccountExport { Subject = "help", Type = "service" },
            new AccountExport { Subject = "secret", Type = "stream", TokenReq = true },
        ]));
        return box;
    }

    private static void Import(StoreBox box, string subject, string type, string? local = null, string? token = null, string? from = null) =>
        box.Resign(B, claims => ((AccountClaims)claims).Imports.Add(
            new AccountImport { Subject = subject, Type = type, Account = from ?? box.Account.Subject, LocalSubject = local, Token = token }));

    private static string Activation(StoreBox box, string kind)
    {
        long now = box.Clock.GetUtcNow().ToUnixTimeSeconds();
        using NatsKeyPair exporter = box.Store.Keys.Find(box.Account.Subject!)!;
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        var claims = new ActivationClaims
        {
            Name = "x",
            Subject = kind == "another importer" ? stranger.PublicKey : box.Store.Get(B).Subject,
            ImportSubject = kind == "another subject" ? "else" : "secret",
            ImportKind = "stream",
            Expires = kind == "expired" ? now - 10 : 0,
            NotBefore = kind == "later" ? now + 1000 : 0,
        };
        if (kind == "revoked")
        {
            box.Resign(StoreBox.A, account => ((AccountClaims)account).Exports[2].Revocations["*"] = now + 1);
        }

        return JwtWriter.Write(claims, kind == "a stranger's" ? stranger : exporter, box.Clock);
    }
}

using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class UsageTreeTests
{
    private static readonly EntityPath B = new("O", "B");

    [Theory]
    [EveryStore]
    public void A_key_of_an_operator_carries_its_accounts_and_all_that_is_below(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        box.Edit(editor => editor.CreateAccount(new NewEntity("A") { SigningKey = SigningKeyChoice.Named(key) }, StoreBox.O));
        box.With(StoreBox.U).With(new EntityPath("O", "C", "V"));
        Exchange(box);

        Assert.Equal(
            """
            signing key of operator O
              account O/A
                user O/A/U
                import of 'open' by account O/B
                activation of 'secret.x' for account O/B
              account O/B
              account O/C
                user O/C/V
            """,
            Tree(box, tree => tree.OfKey(key)));
        NatsKeyUsage account = Uses(box, tree => tree.OfKey(key)).First(use => use.Kind == KeyUsageKind.Account);
        Assert.Equal((key, box.Account.Subject, box.Account.Jwt), (account.Issuer, account.PublicKey, account.Entity!.Jwt));
    }

    [Theory]
    [EveryStore]
    public void A_key_of_an_account_carries_what_it_signed_alone(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        string plain = box.AddSigningKey(StoreBox.A);
        string role = box.AddRole("reader");
        User(box, "P", plain, MovingClock.Start.AddDays(3));
        User(box, "R", role);
        Exchange(box, plain);

        Assert.Equal("signing key of account O/A\n  user O/A/P\n  activation of 'secret.x' for account O/B", Tree(box, tree => tree.OfKey(plain)));
        Assert.Equal("signing key of account O/A, role 'reader'\n  user O/A/R", Tree(box, tree => tree.OfKey(role, StoreBox.A)));
        Assert.Equal(
            "identity of account O/A\n  user O/A/U\n  import of 'open' by account O/B\n  import of 'secret.x' by account O/B",
            Tree(box, tree => tree.OfKey(box.Account.Subject!)));
        Assert.Equal(MovingClock.Start.AddDays(3), Uses(box, tree => tree.OfKey(plain)).Single(use => use.Kind == KeyUsageKind.User).Expires);
        Assert.Equal("reader", Uses(box, tree => tree.OfKey(role)).Single(use => use.Kind == KeyUsageKind.User).Role);
        Assert.Equal("signing key of A", Uses(box, tree => tree.OfKey(plain)).Single(use => use.Kind == KeyUsageKind.Activation).SignedBy);
    }

    [Theory]
    [EveryStore]
    public void An_owner_stands_for_all_its_keys_and_a_store_for_all_operators(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O2", "A", "U"));
        User(box, "P", box.AddSigningKey(StoreBox.A));

        Assert.Equal("identity of account O/A\nsigning key of account O/A\n  user O/A/P\n  user O/A/U", Tree(box, tree => tree.OfOwner(box.Account)));
        Assert.Equal(
            "identity of operator O\n  account O/A\n    user O/A/P\n    user O/A/U\nidentity of operator O2\n  account O2/A\n    user O2/A/U",
            Tree(box, tree => tree.OfAll()));
    }

    [Theory]
    [EveryStore]
    public void What_a_key_signed_that_nobody_lists_any_more_is_found_wherever_it_is(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O2", "A", "U"));
        string key = box.AddSigningKey(StoreBox.A);
        User(box, "P", key);
        User(box, "Q", key);
        box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, key, SigningKeyChoice.Default));

        Assert.Equal("key that account O/A does not list\n  user O/A/P\n  user O/A/Q", Tree(box, tree => tree.OfKey(key)));
        Assert.Equal("", Tree(box, tree => tree.OfKey(key, new EntityPath("O2"))));
    }

    [Fact]
    public void Tokens_count_and_not_what_is_wanted_by_now()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string key = box.AddSigningKey(StoreBox.A);
        NatsUser user = User(box, "P", key);
        string file = box.At("store", "O", "accounts", "A", "users", "P.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace($"issuer: {key}", $"issuer: {user.IssuerAccount}", StringComparison.Ordinal));
        Assert.Equal(EntityState.Modified, box.Store.Get(user.Path).State);

        Assert.Equal("signing key of account O/A\n  user O/A/P", Tree(box, tree => tree.OfKey(key)));
    }

    [Fact]
    public void Credentials_come_with_their_users_and_those_of_yesterday_and_of_nobody_come_too()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string key = box.AddSigningKey(StoreBox.A);
        NatsUser kept = User(box, "kept", key);
        NatsUser moved = User(box, "moved", key);
        NatsUser gone = User(box, "gone", key);
        Export(kept, CredentialFile.DefaultPath(kept)!);
        Export(moved, box.At("moved.creds"));
        Export(gone, CredentialFile.DefaultPath(gone)!);
        box.Edit(editor => editor.Change(moved.Path, SigningKeyChoice.Named(box.Account.Subject!), _ => { }));
        File.Copy(box.At("moved.creds"), CredentialFile.DefaultPath(moved)!);
        box.Store.Delete(gone.Path);

        NatsKeyUsage[] uses = Uses(box, tree => tree.OfKey(key));

        Assert.Equal(
            ["signing key of account O/A", "user O/A/kept", "credentials of user O/A/moved", "credentials of user O/A/gone"],
            uses.Select(use => use.ToString()));
        Assert.Equal(new[] { null, kept, moved, gone }.Select(user => user is null ? null : CredentialFile.DefaultPath(user)),
            uses.Select(use => use.CredentialPath));
        Assert.Equal([null, key, key, key], uses.Select(use => use.Issuer));
        Assert.Equal([kept.Subject, moved.Subject, gone.Subject], uses.Skip(1).Select(use => use.PublicKey));
        Assert.Null(uses[^1].Entity);
        Assert.Equal("identity of user O/A/kept", Tree(box, tree => tree.OfOwner(kept)));
        Assert.Equal(CredentialFile.DefaultPath(kept), Assert.Single(Uses(box, tree => tree.OfKey(kept.Subject!))).CredentialPath);
    }

    [Theory]
    [EveryStore]
    public void A_key_is_found_in_what_names_it(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(B);
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Authorization = new ExternalAuthorization
        {
            AuthUsers = [box.User.Subject!], AllowedAccounts = [box.Store.Get(B).Subject!], Xkey = curve.PublicKey,
        });
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = box.Store.Get(B).Subject);

        Assert.Equal("curve key of the callout of account O/A", Tree(box, tree => tree.OfKey(curve.PublicKey)));
        Assert.Equal("callout user of account O/A\nidentity of user O/A/U", Tree(box, tree => tree.OfKey(box.User.Subject!)));
        Assert.Equal("system account of operator O\naccount for the callout of account O/A\nidentity of account O/B",
            Tree(box, tree => tree.OfKey(box.Store.Get(B).Subject!)));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_and_the_rest_goes_on()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U).With(new EntityPath("O", "A", "V")).With(new EntityPath("O", "C", "W"));
        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "U.yaml"), "kind: [");
        File.WriteAllText(box.At("store", "O", "accounts", "C", "account.yaml"), "kind: [");
        var faults = new List<NatsKeysException>();

        string[] uses = [.. new UsageTree(box.Store, faults.Add).OfAll().Select(use => use.ToString())];

        Assert.Equal(["identity of operator O", "account O/A", "user O/A/V"], uses);
        Assert.Equal(["account.yaml", "U.yaml"], faults.Select(fault => Path.GetFileName(fault.Path)));
    }

    [Theory]
    [EveryStore]
    public void Users_come_in_the_order_of_the_store_and_no_more_than_are_wanted_are_waited_for(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string[] names = [.. Enumerable.Range(100, 200).Select(number => $"u{number}")];
        foreach (string name in names)
        {
            box.With(StoreBox.A.Child(name));
        }

        Assert.Equal(names, Uses(box, tree => tree.OfOwner(box.Account)).Skip(1).Select(use => use.Path.Name));
        Assert.Equal(names[..2], new UsageTree(box.Store, error => throw error).OfOwner(box.Account).Skip(1).Take(2).Select(use => use.Path.Name));

        using var stop = new CancellationTokenSource();
        IEnumerable<NatsKeyUsage> stopped = new UsageTree(box.Store, error => throw error, stop.Token).OfOwner(box.Account);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (NatsKeyUsage use in stopped)
            {
                stop.Cancel();
            }
        });
    }

    /// <summary>Account B imports what A exports: one subject that is open, and one by an activation that the key signs.</summary>
    private static void Exchange(StoreBox box, string? key = null)
    {
        box.With(B);
        NatsAccount exporter = box.Account;
        using NatsKeyPair signer = box.Store.Keys.Find(key ?? exporter.Subject!)!;
        var activation = new ActivationClaims { Subject = box.Store.Get(B).Subject, ImportSubject = "secret.x", ImportKind = "stream",
            IssuerAccount = exporter.Subject };
        string token = JwtWriter.Write(activation, signer, box.Clock);
        box.Resign(B, claims => ((AccountClaims)claims).Imports =
        [
            new AccountImport { Subject = "open", Type = "stream", Account = exporter.Subject },
            new AccountImport { Subject = "secret.x", Type = "stream", Account = exporter.Subject, Token = token },
        ]);
    }

    private static NatsUser User(StoreBox box, string name, string key, DateTimeOffset? expires = null) =>
        box.Edit(editor => editor.CreateUser(new NewEntity(name) { SigningKey = SigningKeyChoice.Named(key), Expires = expires }, StoreBox.A));

    private static void Export(NatsUser user, string path) => SecretFile.Write(path, CredentialTexts.Of(user), overwrite: false);

    private static NatsKeyUsage[] Uses(StoreBox box, Func<UsageTree, IEnumerable<NatsKeyUsage>> read) =>
        [.. read(new UsageTree(box.Store, error => throw error))];

    private static string Tree(StoreBox box, Func<UsageTree, IEnumerable<NatsKeyUsage>> read) =>
        string.Join('\n', Uses(box, read).Select(use => new string(' ', use.Depth * 2) + use));
}

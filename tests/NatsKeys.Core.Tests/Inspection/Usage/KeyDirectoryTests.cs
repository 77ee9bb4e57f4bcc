using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class KeyDirectoryTests
{
    [Theory]
    [EveryStore]
    public void A_key_has_its_uses_what_it_is_before_what_names_it(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        string role = box.AddRole("reader");
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = box.Account.Subject);
        var directory = new KeyDirectory(box.Store);

        Assert.Equal(["identity of operator O"], Texts(directory, box.Operator.Subject!));
        Assert.Equal(["identity of account O/A", "system account of operator O"], Texts(directory, box.Account.Subject!));
        Assert.Equal(["signing key of account O/A, role 'reader'"], Texts(directory, role));
        Assert.Equal(["identity of user O/A/U"], Texts(directory, box.User.Subject!));
    }

    [Theory]
    [EveryStore]
    public void A_key_that_signed_and_is_not_listed_any_more_is_used_and_one_that_nothing_has_is_not(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        string used = box.AddSigningKey(StoreBox.A);
        string unused = box.AddSigningKey(StoreBox.A);
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Named(used), _ => { }));
        box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, used, SigningKeyChoice.Default));
        box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, unused, SigningKeyChoice.Default));
        var directory = new KeyDirectory(box.Store);

        Assert.Equal(["key that account O/A does not list"], Texts(directory, used));
        Assert.Empty(directory.UsesOf(unused));
        Assert.Equal((true, false), (directory.IsUsed(used), directory.IsUsed(unused)));
    }

    [Fact]
    public void While_a_file_cannot_be_read_nobody_can_say_that_nothing_uses_a_key()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string account = box.Account.Subject!;
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllText(file, "kind: [");
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.User);
        var directory = new KeyDirectory(box.Store);

        Assert.True(directory.IsUsed(account));
        Assert.Empty(directory.UsesOf(other.PublicKey));
        Assert.Equal(file, Refused.With(ErrorCode.InvalidYaml, () => directory.IsUsed(other.PublicKey)).Path);
    }

    [Fact]
    public void A_key_that_an_edit_took_off_is_used_while_the_token_has_it()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string key = box.AddSigningKey(StoreBox.A);
        string file = box.At("store", "O", "accounts", "A", "account.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace($"  signing_keys:\n  - {key}\n", "  description: edited\n", StringComparison.Ordinal));
        Assert.Empty(box.Account.SigningKeys);
        Assert.Equal(["signing key of account O/A"], Texts(new KeyDirectory(box.Store), key));
    }

    [Fact]
    public void Users_are_read_only_for_a_key_that_can_be_one_of_theirs()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string user = box.User.Subject!;
        var directory = new KeyDirectory(box.Store);
        Assert.Single(directory.UsesOf(box.Account.Subject!));

        // What is written now is seen only if nobody has read the users yet.
        box.With(new EntityPath("O", "A", "late"));

        Assert.Single(directory.UsesOf(box.Store.Get(new EntityPath("O", "A", "late")).Subject!));
        Assert.Single(directory.UsesOf(user));
    }

    private static IEnumerable<string> Texts(KeyDirectory directory, string key) => directory.UsesOf(key).Select(use => use.ToString());
}

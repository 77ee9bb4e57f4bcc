using NatsKeys.Core.Tests.Files;
using NatsKeys.Core.Tests.KeyRoot;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>
/// What somebody does to the files between two changes of one pipeline. On Windows nobody deletes or moves the folder in which a pipeline has its
/// journal open.
/// </summary>
public sealed class BetweenChangesTests : IDisposable
{
    private static readonly EntityPath V = new("O", "A", "V");
    private readonly StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
    private readonly EntityEditor editor;

    public BetweenChangesTests()
    {
        editor = new EntityEditor(box.Store);
        editor.CreateUser(new NewEntity("U"), StoreBox.A);
    }

    private string Users => box.At("store", "O", "accounts", "A", "users");

    private string Keys => box.At("keys");

    [UnixFact]
    public void A_journal_that_was_deleted_is_begun_anew()
    {
        string journal = Assert.Single(JournalFolder.JournalsIn(Keys));
        File.Delete(journal);
        editor.CreateUser(new NewEntity("V"), StoreBox.A);
        Assert.NotEqual(journal, Assert.Single(JournalFolder.JournalsIn(Keys)));
        Assert.NotNull(box.Store.Keys.Find(box.Store.Get(V).Subject!));
        box.Store.Flush();
        Assert.Empty(JournalFolder.JournalsIn(Keys));
    }

    [UnixFact]
    public void Credentials_that_wait_elsewhere_for_their_place_are_cleared_away_also_then()
    {
        string target = Path.Combine(Directory.CreateDirectory(box.At("elsewhere")).FullName, "U.creds");
        var journal = (FileJournal)box.Store.Staging!;
        journal.Stage(target).Dispose();
        File.Delete(Assert.Single(JournalFolder.JournalsIn(Keys)));
        File.WriteAllText(journal.Stage(target).Path, "secret");
        journal.Leave();
        JournalFolder.Clear(Keys);
        Assert.Empty(Directory.GetFileSystemEntries(box.At("elsewhere")));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("moved")]
    [InlineData("replaced by an empty folder")]
    [InlineData("replaced by a link to an empty folder")]
    public void A_key_root_that_has_gone_is_not_made_anew(string what)
    {
        if (OperatingSystem.IsWindows() || (what.StartsWith("replaced", StringComparison.Ordinal) && !OperatingSystem.IsLinux()))
        {
            // Only Linux tells which folder it is.
            return;
        }

        using var credential = new NatsCredential(box.User.Document.ReadToken(), box.Store.Keys.Find(box.User.Subject!)!);
        TakeKeyRoot(what);
        Assert.Equal(Keys, Refused.With(ErrorCode.FileAccess, () => editor.CreateUser(new NewEntity("V"), StoreBox.A)).Path);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Refused.With(ErrorCode.FileAccess, () => box.Store.Keys.Add(key));
        Refused.With(ErrorCode.FileAccess, () => box.Store.Keys.Protect("a passphrase"));
        Refused.With(
            ErrorCode.FileAccess, () => CredentialFile.Write(box.User, credential, CredentialFile.DefaultPath(box.User)!, overwrite: false));
        box.Store.Flush();
        Assert.Empty(Directory.Exists(Keys) ? Directory.GetFileSystemEntries(Keys) : []);
        Assert.Equal(["U.yaml"], Directory.GetFileSystemEntries(Users).Select(Path.GetFileName));
    }

    [UnixFact]
    public void One_that_is_put_back_is_used_again()
    {
        Directory.Move(Keys, box.At("moved"));
        Refused.With(ErrorCode.FileAccess, () => editor.CreateUser(new NewEntity("V"), StoreBox.A));
        Directory.Move(box.At("moved"), Keys);
        editor.CreateUser(new NewEntity("V"), StoreBox.A);
        Assert.NotNull(box.Store.Keys.Find(box.Store.Get(V).Subject!));
    }

    [UnixFact]
    public void One_that_was_moved_and_is_reached_by_a_link_stays_the_same()
    {
        Directory.Move(Keys, box.At("moved"));
        Directory.CreateSymbolicLink(Keys, box.At("moved"));
        editor.CreateUser(new NewEntity("V"), StoreBox.A);
        Assert.NotNull(box.Store.Keys.Find(box.Store.Get(V).Subject!));
    }

    [UnixFact]
    public void A_key_root_that_has_only_a_passphrase_yet_is_not_made_anew_without_it()
    {
        new KeyProtection(box.At("other")).Protect(ProtectedKeysBox.Passphrase, ProtectedKeysBox.Cheap);
        NatsStore store = StoreRoots.Create(box.At("store 2"), box.At("other"));
        Directory.Delete(box.At("other"), recursive: true);
        using var creator = new EntityEditor(store);
        Refused.With(ErrorCode.FileAccess, () => creator.CreateOperator(new NewEntity("O")));
        Assert.False(Directory.Exists(box.At("other")));
    }

    [Fact]
    public void Where_the_protection_was_deleted_no_seed_is_kept_plain_among_those_that_are_encrypted()
    {
        using var sealedBox = new ProtectedKeysBox();
        sealedBox.Add().Dispose();
        File.Move(sealedBox.HeaderFile, sealedBox.HeaderFile + ".moved");
        NatsKeysException error = Refused.With(ErrorCode.KeyDamaged, () => sealedBox.Add().Dispose());
        Assert.Equal(sealedBox.HeaderFile, error.Path);
        Assert.Single(sealedBox.Keys.PublicKeys());

        File.Move(sealedBox.HeaderFile + ".moved", sealedBox.HeaderFile);
        using NatsKeyPair key = sealedBox.Add();
        Assert.False(sealedBox.IsPlain(key));
    }

    [Fact]
    public void Where_it_was_taken_off_by_another_process_seeds_are_plain()
    {
        using var sealedBox = new ProtectedKeysBox();
        using NatsKeyPair first = sealedBox.Add();
        File.WriteAllText(sealedBox.FileOf(first), ProtectedKeysBox.SeedOf(first));
        File.Delete(sealedBox.HeaderFile);
        using NatsKeyPair second = sealedBox.Add();
        Assert.True(sealedBox.IsPlain(second));
    }

    [Theory]
    [InlineData("O")]
    [InlineData("O", "accounts")]
    [InlineData("O", "accounts", "A")]
    [InlineData("O", "accounts", "A", "users")]
    public void Nothing_is_written_through_a_link_that_came_later(params string[] place)
    {
        string folder = box.At(["store", .. place]);
        string elsewhere = box.At("elsewhere");
        Directory.Move(folder, elsewhere);
        if (!LinkCheckTests.TryLink(folder, elsewhere))
        {
            return;
        }

        IReadOnlyList<string> before = Below(elsewhere);
        int seeds = box.Store.Keys.PublicKeys().Count();
        Refused.With(ErrorCode.FileAccess, () => editor.CreateUser(new NewEntity("V"), StoreBox.A));
        Refused.With(ErrorCode.FileAccess, () => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => ((NatsUser)user).Claims.Tags.Add("t")));
        Refused.With(ErrorCode.FileAccess, () => editor.Rename(StoreBox.U, "W", SigningKeyChoice.Default));
        Refused.With(ErrorCode.FileAccess, () => editor.Remove(StoreBox.U, new EntityRemovalRequest()));
        Assert.Equal(before, Below(elsewhere));
        Assert.Equal(seeds, box.Store.Keys.PublicKeys().Count());
    }

    [UnixFact]
    public void Nothing_is_read_through_a_link_that_came_later()
    {
        Directory.Move(Users, box.At("moved"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(box.At("elsewhere")).FullName, "U.yaml"), "hidden: 1\n");
        Directory.CreateSymbolicLink(Users, box.At("elsewhere"));
        NatsKeysException error = Refused.With(ErrorCode.FileAccess, () => box.Store.Find(StoreBox.U));
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Nothing_is_written_through_a_link_that_came_while_the_change_was_prepared()
    {
        using StoreTransaction change = box.Store.BeginChange();
        change.SaveText(V, File.ReadAllBytes(Path.Combine(Users, "U.yaml")));
        Directory.Move(Users, box.At("moved"));
        Directory.CreateSymbolicLink(Users, Directory.CreateDirectory(box.At("elsewhere")).FullName);
        Refused.With(ErrorCode.FileAccess, change.Commit);
        Assert.Empty(Directory.GetFileSystemEntries(box.At("elsewhere")));
    }

    public void Dispose()
    {
        editor.Dispose();
        box.Dispose();
    }

    private void TakeKeyRoot(string what)
    {
        if (what == "deleted")
        {
            Directory.Delete(Keys, recursive: true);
            return;
        }

        Directory.Move(Keys, box.At("moved"));
        switch (what)
        {
            case "replaced by an empty folder":
                Directory.CreateDirectory(Keys);
                break;
            case "replaced by a link to an empty folder":
                Directory.CreateSymbolicLink(Keys, Directory.CreateDirectory(box.At("elsewhere")).FullName);
                break;
        }
    }

    private static List<string> Below(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.ReadAllText(path)}")];
}

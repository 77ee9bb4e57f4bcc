using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Whatever holds a secret and waits for its place is cleared away when its process ended, wherever it is.</summary>
public sealed class StagingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("keys", "creds", "O", "A")]
    [InlineData("elsewhere", "creds")]
    public void What_a_process_left_goes_with_the_next_one(params string[] place)
    {
        Directory.CreateDirectory(folder.At(place));
        var journal = new FileJournal(folder.At("keys"));
        string waiting = journal.Stage(folder.At([.. place, "U.creds"])).Path;
        File.WriteAllText(waiting, "secret");

        // As long as the process lives, nobody touches it.
        JournalFolder.Clear(folder.At("keys"));
        Assert.True(File.Exists(waiting));
        journal.Leave();
        JournalFolder.Clear(folder.At("keys"));
        Assert.Empty(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_change_that_ended_meanwhile_does_not_make_the_journal_forget_where_files_wait()
    {
        Directory.CreateDirectory(folder.At("elsewhere"));
        var journal = new FileJournal(folder.At("keys"), folder.At("store"));
        string waiting = journal.Stage(folder.At("elsewhere", "U.creds")).Path;
        File.WriteAllText(waiting, "secret");
        FileStep[] steps = [new(FileAction.Prune, folder.At("store", "a")), new(FileAction.Prune, folder.At("store", "b"))];
        Assert.Null(journal.TryWrite(steps));
        journal.End();
        journal.Leave();
        Assert.Empty(JournalFolder.Clear(folder.At("keys")));
        Assert.False(File.Exists(waiting));
    }

    [Fact]
    public void A_journal_stays_as_long_as_a_file_waits_for_it()
    {
        var journal = new FileJournal(folder.At("keys"));
        using (StagedFile staged = journal.Stage(folder.At("keys", "U.creds")))
        {
            File.WriteAllText(staged.Path, "secret");
            journal.Close();
            Assert.True(journal.IsKept);
            Assert.Single(JournalFolder.JournalsIn(folder.At("keys")));
        }

        journal.Close();
        Assert.False(journal.IsKept);
        Assert.False(Directory.Exists(folder.At("keys")));
    }

    [Fact]
    public void A_folder_that_was_there_before_the_journal_or_has_something_else_in_it_stays()
    {
        Directory.CreateDirectory(folder.At("a"));
        using (var journal = new BriefJournal(folder.At("a", "b", "keys")))
        {
            SafeFiles.Write(folder.At("x"), "secret"u8, secret: true, staging: journal);
            File.WriteAllText(folder.At("a", "b", "mine"), "");
        }

        Assert.Equal([folder.At("a", "b", "mine")], Directory.GetFileSystemEntries(folder.At("a", "b")));
    }

    [Fact]
    public void Nothing_else_is_deleted_whatever_a_journal_says()
    {
        var journal = new FileJournal(folder.At("keys"));
        string other = folder.At("elsewhere", ".natskeys.0123456789ab.0123456789abcdef0123456789abcdef.tmp");
        Directory.CreateDirectory(folder.At("elsewhere"));
        File.WriteAllText(other, "of somebody else");
        File.WriteAllText(folder.At("elsewhere", "file"), "");
        journal.Stage(folder.At("elsewhere", "U.creds"));
        journal.Leave();
        JournalFolder.Clear(folder.At("keys"));
        Assert.Equal(2, Directory.GetFiles(folder.At("elsewhere")).Length);
    }

    [Fact]
    public void A_key_root_that_came_into_being_for_that_alone_goes_again()
    {
        Directory.CreateDirectory(folder.At("elsewhere"));
        using (var journal = new BriefJournal(folder.At("a", "b", "keys")))
        {
            SafeFiles.Write(folder.At("elsewhere", "x"), "secret"u8, secret: true, staging: journal);
            Assert.True(Directory.Exists(folder.At("a", "b", "keys")));
        }

        Assert.False(Directory.Exists(folder.At("a")));
        Assert.Equal("secret", File.ReadAllText(folder.At("elsewhere", "x")));
    }

    [Fact]
    public void Where_nobody_can_take_care_the_file_is_written_all_the_same()
    {
        File.WriteAllText(folder.At("keys"), "in the way");
        using var journal = new BriefJournal(folder.At("keys"));
        SafeFiles.Write(folder.At("x"), "secret"u8, secret: true, staging: journal);
        Assert.Equal(["keys", "x"], Directory.GetFiles(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_name_of_a_place_has_one_canonical_name()
    {
        Directory.CreateDirectory(folder.At("real", "Store"));
        Directory.CreateSymbolicLink(folder.At("first"), folder.At("real"));
        Directory.CreateSymbolicLink(folder.At("second"), "first");
        string one = CanonicalPath.Of(folder.At("real", "Store"));
        Assert.Equal(one, CanonicalPath.Of(folder.At("second", "Store") + Path.DirectorySeparatorChar));
        Assert.Equal(one, CanonicalPath.Of(folder.At("first", ".", "..", "real", "Store")));
        Assert.Equal(Path.Combine(one, "not", "there"), CanonicalPath.Of(folder.At("second", "Store", "not", "there")));
    }

    [Fact]
    public void A_circle_of_links_has_a_name_too()
    {
        File.CreateSymbolicLink(folder.At("a"), folder.At("b"));
        File.CreateSymbolicLink(folder.At("b"), folder.At("a"));
        Assert.StartsWith(CanonicalPath.Of(folder.Root), CanonicalPath.Of(folder.At("a", "x")), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}

using System.Runtime.Versioning;
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
    public void What_waits_for_a_place_in_the_store_waits_in_the_store()
    {
        var journal = new FileJournal(folder.At("keys"), folder.At("store"));
        using StagedFile staged = journal.Stage(folder.At("store", "O", "operator.yaml"));
        Assert.Equal(folder.At("store"), Path.GetDirectoryName(staged.Path));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_or_write_a_journal_and_the_key_root_that_is_created_for_it()
    {
        new FileJournal(folder.At("keys")).NewFile(inKeyRoot: true);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner, File.GetUnixFileMode(Assert.Single(JournalFolder.JournalsIn(folder.At("keys")))));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.At("keys")));
    }

    [Fact]
    public void That_a_file_waits_elsewhere_is_on_the_disk_before_it_does()
    {
        Directory.CreateDirectory(folder.At("elsewhere"));
        var journal = new FileJournal(folder.At("keys"));
        List<string> seen = [];
        using (Disk.Replace(new WatchedDisk(seen.Add)))
        {
            journal.Stage(folder.At("elsewhere", "U.creds"));
        }

        Assert.Equal([JournalFolder.PathOf(journal.Place)], seen);
    }

    [Fact]
    public void A_journal_that_the_disk_did_not_take_is_not_relied_upon()
    {
        Directory.CreateDirectory(folder.At("elsewhere"));
        var journal = new FileJournal(folder.At("keys"));
        bool isFull = true;
        int taken = 0;
        using (Disk.Replace(new WatchedDisk(_ => taken += isFull ? throw new IOException("No space left on device.") : 1)))
        {
            Assert.DoesNotContain(".natskeys.", journal.Stage(folder.At("elsewhere", "U.creds")).Path, StringComparison.Ordinal);
            isFull = false;
            Assert.Contains(".natskeys.", journal.Stage(folder.At("elsewhere", "U.creds")).Path, StringComparison.Ordinal);
        }

        Assert.Equal(1, taken);
    }

    [Fact]
    public void The_next_journal_of_a_process_tells_anew_where_files_wait()
    {
        Directory.CreateDirectory(folder.At("elsewhere"));
        var journal = new FileJournal(folder.At("keys"));
        journal.Stage(folder.At("elsewhere", "U.creds")).Dispose();
        journal.Close();
        AssertCleared(journal);
    }

    [Fact]
    public void So_does_it_where_another_file_has_the_name_of_the_journal()
    {
        // Only Linux tells which file it is.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Directory.CreateDirectory(folder.At("elsewhere"));
        var journal = new FileJournal(folder.At("keys"));
        journal.Stage(folder.At("elsewhere", "U.creds")).Dispose();
        string path = Assert.Single(JournalFolder.JournalsIn(folder.At("keys")));
        File.Move(path, folder.At("moved"));
        File.WriteAllText(path, "");
        AssertCleared(journal);
    }

    [UnixFact]
    public void A_key_root_that_came_into_being_with_a_file_and_has_gone_is_not_made_anew()
    {
        string first = folder.At("keys", "U.creds");
        var journal = new FileJournal(folder.At("keys"), known: new KnownFolder(folder.At("keys"), first));
        SafeFiles.Write(first, "secret"u8, secret: true, staging: journal);
        Directory.Delete(folder.At("keys"), recursive: true);
        Refused.With(ErrorCode.FileAccess, () => journal.Stage(folder.At("keys", "V.creds")));
        Assert.False(Directory.Exists(folder.At("keys")));
    }

    [Fact]
    public void What_somebody_recovers_is_left_to_them()
    {
        var journal = new FileJournal(folder.At("keys"));
        string waiting = journal.Stage(folder.At("keys", "U.creds")).Path;
        File.WriteAllText(waiting, "secret");
        journal.Leave();
        using (JournalFolder.TryTake(Assert.Single(JournalFolder.JournalsIn(folder.At("keys")))))
        {
            JournalFolder.Clear(folder.At("keys"));
            Assert.True(File.Exists(waiting));
        }

        JournalFolder.Clear(folder.At("keys"));
        Assert.Empty(Directory.GetFiles(folder.At("keys")));
    }

    [Fact]
    public void A_secret_outside_of_any_store_is_tracked_in_the_default_key_root_which_is_cleared_up_at_that()
    {
        string keys = folder.At("keys");
        Directory.CreateDirectory(folder.At("elsewhere"));
        var killed = new FileJournal(keys);
        string left = killed.Stage(folder.At("elsewhere", "V.creds")).Path;
        File.WriteAllText(left, "secret");
        killed.Leave();
        RootVariables.Replace(name => name == DefaultFolders.KeysVariable ? keys : null);
        try
        {
            using StagedFile staged = Staging.Stage(staging: null, folder.At("elsewhere", "U.creds"), isSecret: true);
            File.WriteAllText(staged.Path, "secret");
            Assert.False(File.Exists(left));
            Assert.Single(JournalFolder.JournalsIn(keys));
        }
        finally
        {
            RootVariables.Replace(null);
        }

        Assert.Empty(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
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
        string unknown = folder.At("keys", ".natskeys.mine.journal");
        File.WriteAllText(unknown, "");
        Assert.Equal([unknown], JournalFolder.Clear(folder.At("keys")));
        Assert.Equal(2, Directory.GetFiles(folder.At("elsewhere")).Length);
        Assert.Equal([unknown], Directory.GetFiles(folder.At("keys")));
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

    /// <summary>What waits in a folder that an earlier journal named is cleared away once the process was killed.</summary>
    private void AssertCleared(FileJournal journal)
    {
        File.WriteAllText(journal.Stage(folder.At("elsewhere", "U.creds")).Path, "secret");
        journal.Leave();
        JournalFolder.Clear(folder.At("keys"));
        Assert.Empty(Directory.GetFiles(folder.At("elsewhere")));
    }
}

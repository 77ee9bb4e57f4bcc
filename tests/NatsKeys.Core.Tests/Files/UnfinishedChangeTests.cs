using System.Runtime.Versioning;
using System.Text;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>What real changes leave when they fail, when their process is killed, and when nothing was wrong.</summary>
public sealed class UnfinishedChangeTests : IDisposable
{
    private const string Old = "old";
    private const string New = "new";
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keys;
    private readonly string one;
    private readonly string two;
    private readonly string secret;

    public UnfinishedChangeTests()
    {
        store = folder.At("store");
        (one, two) = (Path.Combine(store, "one"), Path.Combine(store, "two"));

        // Not beside the store: a path from the one is not a path from the other.
        keys = folder.At("of", "the", "user", "keys");
        secret = Path.Combine(keys, "folder", "secret");
        Directory.CreateDirectory(store);
        File.WriteAllText(one, Old);
        File.WriteAllText(two, Old);
    }

    [Fact]
    public void A_change_that_can_be_neither_finished_nor_undone_is_finished_by_the_next_one()
    {
        NatsKeysException error = Break(two, files =>
        {
            Write(files, one);
            Write(files, two);
            Write(files, secret, isFirst: true);
        });
        Assert.Equal(two, error.Path);
        Assert.Contains("could not be undone", error.Message, StringComparison.Ordinal);
        Assert.Contains("The next change of the store retries", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Remedy);
        Assert.Equal(Old, File.ReadAllText(two));

        Assert.Contains("(1 of 3 ", Recover(keys), StringComparison.Ordinal);
        Assert.All([one, two, secret], path => Assert.Equal(New, File.ReadAllText(path)));
        Assert.Empty(Waiting());
        Assert.Null(Recover(keys));
    }

    [Fact]
    public void Whoever_has_another_key_root_learns_of_it()
    {
        Break(two, files =>
        {
            Write(files, one);
            Write(files, two);
        });
        NatsKeysException error = Refused.With(ErrorCode.StoreBusy, () => Recover(folder.At("other keys")));
        Assert.Equal(keys, Path.GetDirectoryName(error.Path));
        Assert.Contains("(1 of 2 ", Recover(keys), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_journal_nobody_promises_that_the_change_is_finished()
    {
        // Nobody makes files here, not even the administrator.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        NatsKeysException error = Break(
            two,
            files =>
            {
                Write(files, one);
                Write(files, two);
            },
            "/sys/natskeys");
        Assert.Contains("could not be undone", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("retries", error.Message, StringComparison.Ordinal);
        Assert.Equal(Remedy.CheckStore, error.Remedy);
    }

    [Fact]
    public void A_file_that_the_change_wrote_twice_is_not_taken_for_edited()
    {
        int times = 0;
        Break(path => path == one && ++times == 2, files =>
        {
            files.Write(one, "first"u8);
            Write(files, one);
            Write(files, two);
        });
        Assert.NotNull(Recover(keys));
        Assert.All([one, two], path => Assert.Equal(New, File.ReadAllText(path)));
    }

    [Fact]
    public void What_was_read_before_it_is_replaced_is_not_taken_for_edited()
    {
        string added = Path.Combine(store, "added");
        Break(one, files =>
        {
            Write(files, two);
            files.Replace(one, Encoding.UTF8.GetBytes(Old), Encoding.UTF8.GetBytes(New));
            files.Replace(added, before: null, Encoding.UTF8.GetBytes(New));
        });
        Assert.Contains("(2 of 3 ", Recover(keys), StringComparison.Ordinal);
        Assert.All([one, two, added], path => Assert.Equal(New, File.ReadAllText(path)));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_recovery_creates_for_a_secret_is_for_the_owner_alone_whatever_the_key_root_is_called()
    {
        Break(secret, files =>
        {
            Write(files, one);
            Write(files, secret);
        });
        Assert.Contains("(1 of 2 ", Recover(Directory.CreateSymbolicLink(folder.At("link"), keys).FullName), StringComparison.Ordinal);
        Assert.Equal(New, File.ReadAllText(secret));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(secret)!));
    }

    [Fact]
    public void A_change_that_was_undone_is_not_done_after_all_if_the_process_is_killed_then()
    {
        var journal = new FileJournal(keys, store);
        Commit(journal, files =>
        {
            Write(files, one);
            Write(files, Path.Combine(one, "below a file"));
            Refused.With(ErrorCode.FileAccess, () => files.Commit());
        });
        AssertNotDone(journal);
    }

    [Fact]
    public void Steps_that_the_disk_does_not_take_are_not_done_later()
    {
        var journal = new FileJournal(keys, store);
        Commit(journal, files =>
        {
            Write(files, one);
            Write(files, two);
            using (Disk.Replace(new WatchedDisk(path =>
            {
                if (path.EndsWith(".journal", StringComparison.Ordinal))
                {
                    throw new IOException("No space left on device.");
                }
            })))
            {
                Assert.Equal(JournalFolder.PathOf(journal.Place), Refused.With(ErrorCode.FileAccess, () => files.Commit()).Path);
            }
        });
        AssertNotDone(journal);
    }

    [Fact]
    public void What_is_edited_after_a_change_stays_if_the_process_was_killed_between_its_changes()
    {
        var journal = new FileJournal(keys, store);
        Commit(journal, files =>
        {
            Write(files, one);
            Write(files, two);
            files.Commit();
        });
        journal.Leave();
        File.WriteAllText(one, "edited");
        Assert.Null(Recover(keys));
        Assert.Equal("edited", File.ReadAllText(one));
    }

    [Fact]
    public void No_secret_that_a_change_replaced_or_deleted_stays_behind()
    {
        string other = Path.Combine(keys, "other");
        Directory.CreateDirectory(Path.GetDirectoryName(secret)!);
        File.WriteAllText(secret, Old);
        File.WriteAllText(other, Old);
        using var files = new FileTransaction(new FileJournal(keys, store), new FlushQueue());
        Write(files, secret);
        files.Delete(other);
        files.Commit();
        Assert.Equal(New, File.ReadAllText(secret));
        Assert.False(File.Exists(other));
        Assert.Empty(Waiting());
    }

    [Fact]
    public void What_comes_first_is_in_its_place_before_the_rest_and_only_once()
    {
        List<string> places = [];
        using var files = new FileTransaction(new FileJournal(keys, store), new FlushQueue());
        Write(files, one);
        Write(files, secret, isFirst: true);
        using (Disk.Replace(new BrokenDisk(path =>
        {
            places.Add(path);
            return false;
        })))
        {
            files.Commit();
        }

        Assert.Equal([secret, one], places.Where(path => path == one || path == secret).Distinct());
        Write(files, two);
        files.Commit();
        Assert.All([one, two, secret], path => Assert.Equal(New, File.ReadAllText(path)));
    }

    [Fact]
    public void A_secret_waits_in_the_key_root_alone_and_its_journal_is_not_closed_meanwhile()
    {
        var journal = new FileJournal(keys, store);
        var ended = new FileTransaction(journal, new FlushQueue());
        ended.Dispose();
        ended.Dispose();
        string[] before = Directory.GetFiles(store);
        using (var files = new FileTransaction(journal, new FlushQueue()))
        {
            Write(files, secret);
            journal.Close();
            Assert.Single(JournalFolder.JournalsIn(keys));
            Assert.Single(Waiting());
            Assert.Equal(before, Directory.GetFiles(store));
        }

        Assert.Empty(Waiting());
        journal.Close();
        Assert.False(Directory.Exists(folder.At("of")));
    }

    public void Dispose() => folder.Dispose();

    private static void Write(FileTransaction files, string path, bool isFirst = false) => files.Write(path, Encoding.UTF8.GetBytes(New), isFirst);

    private NatsKeysException Break(string at, Action<FileTransaction> prepare, string? keyRoot = null) =>
        Break(path => path == at, prepare, keyRoot);

    /// <summary>Commits a change on a disk that breaks at a file, so that the steps before it can neither be followed nor undone.</summary>
    private NatsKeysException Break(Func<string, bool> at, Action<FileTransaction> prepare, string? keyRoot = null)
    {
        NatsKeysException? error = null;
        Commit(new FileJournal(keyRoot ?? keys, store), files =>
        {
            prepare(files);
            using (Disk.Replace(new BrokenDisk(at)))
            {
                error = Refused.With(ErrorCode.FileAccess, () => files.Commit());
            }
        });
        return error!;
    }

    private void Commit(FileJournal journal, Action<FileTransaction> change)
    {
        using FileLock held = Hold();
        using var files = new FileTransaction(journal, new FlushQueue(), held);
        change(files);
    }

    /// <summary>Kills the process that changed nothing, and has the next one see to it.</summary>
    private void AssertNotDone(FileJournal journal)
    {
        journal.Leave();
        Assert.Null(Recover(keys));
        Assert.All([one, two], path => Assert.Equal(Old, File.ReadAllText(path)));
        Assert.Empty(Waiting());
    }

    private string? Recover(string keyRoot)
    {
        using FileLock held = Hold();
        return new JournalRecovery(new FileJournal(keyRoot, store), held).Run();
    }

    private FileLock Hold() =>
        FileLock.Take(LockFile.PathIn(store), "store", isSecret: false, isShared: false, TimeProvider.System, CancellationToken.None);

    private string[] Waiting() => Directory.GetFiles(folder.Root, "*.tmp", SearchOption.AllDirectories);
}

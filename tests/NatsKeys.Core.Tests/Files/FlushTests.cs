using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>When the disk is waited for: before a file takes the place of another one, and otherwise later, for many files at once.</summary>
public sealed class FlushTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> flushed = [];
    private readonly List<string> folders = [];
    private readonly FlushQueue pending;

    public FlushTests()
    {
        Directory.CreateDirectory(folder.At("store"));
        pending = new FlushQueue(folder.Root) { Disk = Note };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_replaces_a_file_and_what_belongs_to_it_are_on_the_disk_before_anything_is_in_its_place(bool withMore)
    {
        string changed = folder.At("store", "changed");
        string added = folder.At("keys", "added");
        File.WriteAllText(changed, "old");
        var seen = new List<(string Ready, string Before, bool IsAdded)>();
        var queue = new FlushQueue
        {
            Disk = path =>
            {
                lock (seen)
                {
                    seen.Add((File.ReadAllText(path), File.ReadAllText(changed), File.Exists(added)));
                }
            },
        };
        using (FileTransaction files = Begin(queue))
        {
            files.Write(changed, "new"u8);
            if (withMore)
            {
                files.Write(added, "more"u8);
                files.Delete(folder.At("store", "none"));
            }

            files.Commit();
        }

        (string, string, bool)[] expected = withMore ? [("more", "old", false), ("new", "old", false)] : [("new", "old", false)];
        Assert.Equal(expected, seen.Order());
        Assert.Equal("new", File.ReadAllText(changed));
    }

    [Fact]
    public void Files_that_replace_nothing_are_waited_for_later_in_their_places()
    {
        using (FileTransaction files = Begin(pending))
        {
            files.Write(folder.At("store", "one"), "1"u8);
            files.Write(folder.At("store", "two"), "2"u8);
            files.Commit();
        }

        Assert.Empty(flushed);
        pending.Flush();
        Assert.Equal([folder.At("store", "one"), folder.At("store", "two")], flushed.Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains(folder.At("store"), folders);
        }

        pending.Flush();
        Assert.Equal(2, flushed.Count);
    }

    [Fact]
    public void A_file_that_is_new_beside_one_that_is_replaced_is_waited_for_once_more_in_its_place()
    {
        File.WriteAllText(folder.At("store", "one"), "old");
        using (FileTransaction files = Begin(pending))
        {
            files.Write(folder.At("store", "one"), "1"u8);
            files.Write(folder.At("store", "two"), "2"u8);
            files.Commit();
        }

        flushed.Clear();
        pending.Flush();
        Assert.Equal([folder.At("store", "two")], flushed);
    }

    [Fact]
    public void A_single_file_is_waited_for_later_only_where_there_was_none()
    {
        string path = folder.At("file");
        SafeFiles.Write(path, "1"u8, pending: pending);
        SafeFiles.Write(path, "2"u8, pending: pending);
        SafeFiles.Write(folder.At("other"), "3"u8);
        pending.Flush();
        Assert.Equal([path], flushed);
        Assert.Equal("2", File.ReadAllText(path));
    }

    [Fact]
    public void Once_there_are_two_thousand_they_are_waited_for()
    {
        string[] paths = [.. Enumerable.Range(0, 2000).Select(index => folder.At($"file {index:0000}"))];
        Array.ForEach(paths[..^1], pending.Add);
        Assert.Empty(flushed);
        pending.Add(paths[^1]);
        Assert.Equal(paths, flushed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_that_the_disk_does_not_take_is_an_error_and_the_others_are_waited_for()
    {
        var queue = new FlushQueue
        {
            Disk = path =>
            {
                Note(path);
                if (path == folder.At("bad"))
                {
                    throw new NatsKeysException(ErrorCode.FileAccess, "The disk is full.");
                }
            },
        };
        string[] paths = [folder.At("a"), folder.At("b"), folder.At("bad"), folder.At("c")];
        Array.ForEach(paths, queue.Add);
        Assert.Equal("The disk is full.", Refused.With(ErrorCode.FileAccess, queue.Flush).Message);
        Assert.Equal(paths, flushed.Order(StringComparer.Ordinal));
        queue.Flush();
        Assert.Equal(4, flushed.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_single_file_is_on_the_disk_before_it_takes_the_place_of_another_one_and_its_name_after_that(bool isSecret)
    {
        string path = folder.At("store", "file");
        File.WriteAllText(path, "old");
        List<(string Path, string Content)> seen = Watch(() => SafeFiles.Write(path, "new"u8, isSecret), path);
        AssertWholeFirst(seen);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((folder.At("store"), "new"), Assert.Single(seen, flush => flush.Content != "old"));
        }
    }

    [Fact]
    public void A_single_new_file_that_nobody_waits_for_later_is_on_the_disk_as_well()
    {
        string path = folder.At("store", "file");
        Assert.NotEmpty(Watch(() => SafeFiles.Write(path, "new"u8), path));
        Assert.Empty(Watch(() => SafeFiles.Write(folder.At("store", "other"), "new"u8, pending: pending), path));
    }

    [Fact]
    public void A_file_that_is_written_bit_by_bit_is_on_the_disk_before_it_is_in_its_place()
    {
        string path = folder.At("file");
        File.WriteAllText(path, "old");
        List<(string Path, string Content)> seen = Watch(
            () =>
            {
                using var file = new PendingFile(path, staging: null);
                file.Stream.Write("new"u8);
                file.Complete(overwrite: true);
            },
            path);
        AssertWholeFirst(seen);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((folder.Root, "new"), Assert.Single(seen, flush => flush.Content != "old"));
        }
    }

    [Fact]
    public void The_steps_of_a_change_are_on_the_disk_before_the_first_of_them_is_done_and_the_names_after_the_last()
    {
        string changed = folder.At("store", "changed");
        File.WriteAllText(changed, "old");
        Directory.CreateDirectory(folder.At("store", "from"));
        Directory.CreateDirectory(folder.At("store", "to"));
        File.WriteAllText(folder.At("store", "from", "x"), "moved");
        List<(string Path, string Content)> seen = Watch(
            () =>
            {
                using FileTransaction files = Begin(new FlushQueue());
                files.Write(changed, "new"u8);
                files.Move(folder.At("store", "from", "x"), folder.At("store", "to", "x"));
                files.Commit();
            },
            changed);
        Assert.Equal([".tmp", ".journal"], seen.Where(flush => flush.Content == "old").Select(flush => Path.GetExtension(flush.Path)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                [folder.At("store"), folder.At("store", "from"), folder.At("store", "to")],
                seen.Where(flush => flush.Content == "new").Select(flush => flush.Path).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_change_that_is_recovered_is_on_the_disk_before_its_journal_has_gone(bool isOver)
    {
        Directory.CreateDirectory(folder.At("store", "from"));
        Directory.CreateDirectory(folder.At("store", "to"));
        File.WriteAllText(folder.At("store", "from", "x"), "moved");
        var journal = new FileJournal(folder.At("keys"), folder.At("store"));
        string file = JournalFolder.PathOf(journal.Place);
        Assert.Null(journal.TryWrite([new FileStep(FileAction.Move, folder.At("store", "to", "x"), folder.At("store", "from", "x"))]));
        if (isOver)
        {
            journal.End();
        }

        using FileLock held = FileLock.Take(
            LockFile.PathIn(folder.At("store")), "store", isSecret: false, isShared: false, TimeProvider.System, CancellationToken.None);
        held.NameJournal(journal.Place, flush: false);
        journal.Leave();
        List<(string Path, bool HasJournal)> seen = [];
        using (Disk.Replace(new WatchedDisk(path => seen.Add((path, File.Exists(file))))))
        {
            Assert.Equal(isOver, new JournalRecovery(new FileJournal(folder.At("keys"), folder.At("store")), held).Run() is null);
        }

        Assert.False(File.Exists(file));
        Assert.All(seen, flush => Assert.True(flush.HasJournal, flush.Path));
        Assert.Equal(held.Path, seen[^1].Path);
        if (!OperatingSystem.IsWindows())
        {
            string[] moved = [folder.At("store", "from"), folder.At("store", "to")];
            Assert.Equal(isOver ? [] : moved, seen[..^1].Select(flush => flush.Path).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Where_nothing_is_replaced_the_steps_are_not_waited_for_either() => Assert.Empty(Watch(
        () =>
        {
            using FileTransaction files = Begin(new FlushQueue());
            files.Write(folder.At("store", "one"), "1"u8);
            files.Write(folder.At("store", "two"), "2"u8);
            files.Commit();
        },
        folder.At("store", "one")));

    [Fact]
    public void A_file_that_has_gone_meanwhile_is_no_error()
    {
        var queue = new FlushQueue();
        queue.Add(folder.At("gone"));
        queue.Add(folder.At("gone", "too"));
        queue.Flush();
        Assert.False(File.Exists(folder.At("gone")));
    }

    public void Dispose() => folder.Dispose();

    private FileTransaction Begin(FlushQueue queue) => new(new FileJournal(folder.At("keys"), folder.At("store")), queue);

    /// <summary>
    /// The last thing that is waited for before a file is replaced is what takes its place. A journal of where that lies may come before.
    /// </summary>
    private static void AssertWholeFirst(List<(string Path, string Content)> seen) =>
        Assert.Equal(".tmp", Path.GetExtension(seen.Last(flush => flush.Content == "old").Path));

    /// <summary>What the disk was waited for, and what a file had in it at that time.</summary>
    private static List<(string Path, string Content)> Watch(Action action, string file)
    {
        List<(string Path, string Content)> seen = [];
        using (Disk.Replace(new WatchedDisk(path => seen.Add((path, File.Exists(file) ? File.ReadAllText(file) : "")))))
        {
            action();
        }

        return seen;
    }

    private void Note(string path)
    {
        lock (Directory.Exists(path) ? folders : flushed)
        {
            (Directory.Exists(path) ? folders : flushed).Add(path);
        }
    }
}

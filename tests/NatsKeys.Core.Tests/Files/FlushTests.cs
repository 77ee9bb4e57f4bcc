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

    private void Note(string path)
    {
        lock (Directory.Exists(path) ? folders : flushed)
        {
            (Directory.Exists(path) ? folders : flushed).Add(path);
        }
    }
}

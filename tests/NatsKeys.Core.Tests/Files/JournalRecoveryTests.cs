using System.Security.Cryptography;
using System.Text;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Files;

/// <summary>A change that was interrupted is finished once, by whoever comes next, or by nobody; and no edit is lost by that.</summary>
public sealed class JournalRecoveryTests : IDisposable
{
    private const string Old = "kind: old\n";
    private const string New = "kind: new\n";
    private readonly StoreBox box = new(StorePlace.Disk);

    [Theory]
    [InlineData("link")]
    [InlineData("link above")]
    [InlineData("..")]
    public void By_whatever_name_the_store_is_called(string how)
    {
        string name = how switch
        {
            "link" => Directory.CreateSymbolicLink(box.At("link"), box.At("store")).FullName,
            "link above" => Path.Combine(Directory.CreateSymbolicLink(box.At("above"), box.At()).FullName, "store"),
            _ => box.At("store", "..", "store"),
        };
        Interrupt();
        NatsStore other = StoreRoots.Open(name, box.At("keys"));
        Assert.Contains("(2 of 2 ", Assert.Single(other.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.Equal(New, File.ReadAllText(box.At("store", "one.yaml")));

        // An edit that follows stays, whoever opens the store then.
        File.WriteAllText(box.At("store", "one.yaml"), "edited");
        Assert.Empty(StoreRoots.Open(box.At("store"), box.At("keys")).TakeNotices());
        Assert.Equal("edited", File.ReadAllText(box.At("store", "one.yaml")));
    }

    [Fact]
    public void A_store_that_was_moved_meanwhile_takes_the_change_along()
    {
        Interrupt();
        Directory.Move(box.At("store"), box.At("moved"));
        Assert.NotEmpty(StoreRoots.Open(box.At("moved"), box.At("keys")).TakeNotices());
        Assert.Equal(New, File.ReadAllText(box.At("moved", "two.yaml")));
    }

    [Fact]
    public void A_copy_of_the_store_does_not_take_the_change_from_it()
    {
        Interrupt();
        Copy(box.At("store"), box.At("copy"));
        NatsStore copy = StoreRoots.Open(box.At("copy"), box.At("keys"));
        Assert.Contains(box.At("store"), Assert.Single(copy.TakeNotices()).Message, StringComparison.Ordinal);
        Refused.With(ErrorCode.StoreFormat, () => copy.BeginChange().Dispose());
        Assert.Equal(Old, File.ReadAllText(box.At("copy", "one.yaml")));
        Assert.NotEmpty(StoreRoots.Open(box.At("store"), box.At("keys")).TakeNotices());
        Assert.Equal(New, File.ReadAllText(box.At("store", "one.yaml")));
    }

    [Fact]
    public void With_another_key_root_nothing_is_finished_and_nothing_cleared_away()
    {
        Interrupt();
        IReadOnlyList<string> before = Waiting();
        NatsStore other = StoreRoots.Open(box.At("store"), box.At("other keys"));
        Assert.Contains(box.At("keys"), Assert.Single(other.TakeNotices()).Message, StringComparison.Ordinal);
        NatsKeysException error = Refused.With(ErrorCode.StoreBusy, () => other.BeginChange().Dispose());
        Assert.Equal(box.At("keys"), Path.GetDirectoryName(error.Path));
        Assert.Equal(before, Waiting());
        Assert.Equal(Old, File.ReadAllText(box.At("store", "one.yaml")));

        Assert.NotEmpty(StoreRoots.Open(box.At("store"), box.At("keys")).TakeNotices());
        other.BeginChange().Dispose();
    }

    [UnixFact]
    public void Nothing_is_written_through_a_link_that_came_meanwhile()
    {
        string folder = Directory.CreateDirectory(box.At("store", "folder")).FullName;
        Interrupt("folder");
        Directory.Move(folder, box.At("elsewhere"));
        Directory.CreateSymbolicLink(folder, box.At("elsewhere"));
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Refused.With(ErrorCode.FileAccess, () => store.BeginChange().Dispose());
        Assert.Equal(Old, File.ReadAllText(box.At("elsewhere", "one.yaml")));

        Directory.Delete(folder);
        Directory.Move(box.At("elsewhere"), folder);
        store.BeginChange().Dispose();
        Assert.Equal(New, File.ReadAllText(Path.Combine(folder, "one.yaml")));
    }

    [Fact]
    public void Where_the_journal_has_gone_nothing_is_cleared_away()
    {
        Interrupt();
        File.Delete(Assert.Single(Directory.GetFiles(box.At("keys"), "*.journal")));
        IReadOnlyList<string> before = Waiting();
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains(
            " does not exist.", Refused.With(ErrorCode.StoreBusy, () => store.BeginChange().Dispose()).Message, StringComparison.Ordinal);
        Assert.Equal(before, Waiting());

        // Somebody gives the change up.
        File.Delete(box.At("store", ".natskeys.lock"));
        store.BeginChange().Dispose();
        Assert.Empty(Waiting());
    }

    [Theory]
    [InlineData("before its steps were noted")]
    [InlineData("while its steps were noted")]
    [InlineData("after all of them were done")]
    public void A_change_that_was_interrupted_where_nothing_is_left_to_do_is_in_nobodys_way(string when)
    {
        NatsStore neighbour = StoreRoots.Create(box.At("neighbour"), box.At("keys"));
        string file = Interrupted(when);

        // Whoever else uses the key root clears away what others left, but not what a store names.
        neighbour.BeginChange().Dispose();
        StoreRoots.Open(box.At("neighbour"), box.At("keys"));
        Assert.True(File.Exists(file), file);

        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Empty(store.TakeNotices());
        store.BeginChange().Dispose();
        Assert.Empty(Directory.GetFiles(box.At("keys"), "*.journal"));
        Assert.Empty(Waiting());
    }

    [Fact]
    public async Task A_journal_that_somebody_inspects_for_a_moment_is_waited_for()
    {
        Interrupt();
        FileStream inspected = JournalFolder.TryTake(Assert.Single(Directory.GetFiles(box.At("keys"), "*.journal")))!;
        Task<NatsStore> opening = Task.Factory.StartNew(() => StoreRoots.Open(box.At("store"), box.At("keys")), TaskCreationOptions.LongRunning);
        await Task.Delay(100);
        inspected.Dispose();
        Assert.Contains("(2 of 2 ", Assert.Single((await opening).TakeNotices()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_somebody_keeps_is_said_to_be_in_use()
    {
        Interrupt();
        using (Disk.Replace(new BusyDisk(_ => false) { IsWindows = false, Limit = TimeSpan.Zero }))
        using (JournalFolder.TryTake(Assert.Single(Directory.GetFiles(box.At("keys"), "*.journal"))))
        {
            NatsStore other = StoreRoots.Open(box.At("store"), box.At("keys"));
            Assert.Contains(" is in use", Assert.Single(other.TakeNotices()).Message, StringComparison.Ordinal);
            Refused.With(ErrorCode.StoreBusy, () => other.BeginChange().Dispose());
        }

        Assert.Contains("(2 of 2 ", Assert.Single(StoreRoots.Open(box.At("store"), box.At("keys")).TakeNotices()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_whose_store_lost_the_name_of_its_journal_is_finished_as_the_store_is_opened()
    {
        string[] paths = [box.At("store", "one.yaml"), box.At("store", "two.yaml")];
        Array.ForEach(paths, path => File.WriteAllText(path, Old));
        Leave(new FileJournal(box.At("keys"), box.At("store")), [.. paths.Select(path => new FileStep(FileAction.Delete, path))]);
        File.Delete(LockFile.PathIn(box.At("store")));
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains("(2 of 2 ", Assert.Single(store.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.All(paths, path => Assert.False(File.Exists(path), path));
    }

    [Fact]
    public void Opening_a_store_clears_away_what_was_left_in_it_and_otherwise_touches_nothing()
    {
        File.Delete(LockFile.PathIn(box.At("store")));
        StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.False(File.Exists(LockFile.PathIn(box.At("store"))));

        string left = box.At("store", JournalFolder.StagedName("0123456789ab"));
        File.WriteAllText(left, New);
        StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.False(File.Exists(left));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_a_later_step_took_away_is_not_missing(bool isMoved)
    {
        string placed = box.At("store", "one", "x.yaml");
        string moved = box.At("store", "two", "x.yaml");
        var journal = new FileJournal(box.At("keys"), box.At("store"));
        var put = new FileStep(FileAction.Put, placed, journal.NewFile(inKeyRoot: false)) { Content = FileStep.HashOf(Encoding.UTF8.GetBytes(New)) };
        FileStep[] later = isMoved
            ?
            [
                new(FileAction.Move, box.At("store", "two"), box.At("store", "one")),
                new(FileAction.Delete, moved),
                new(FileAction.Prune, box.At("store", "two")),
            ]
            : [new(FileAction.Delete, placed), new(FileAction.Prune, box.At("store", "one"))];
        Leave(journal, [put, .. later]);
        Assert.NotEmpty(StoreRoots.Open(box.At("store"), box.At("keys")).TakeNotices());
        box.Store.BeginChange().Dispose();
        Assert.Empty(Directory.GetFiles(box.At("keys"), "*.journal"));
    }

    [Fact]
    public void One_beside_a_folder_that_a_later_step_moves_is_missing()
    {
        string placed = box.At("store", "onemore.yaml");
        var journal = new FileJournal(box.At("keys"), box.At("store"));
        var put = new FileStep(FileAction.Put, placed, journal.NewFile(inKeyRoot: false)) { Content = FileStep.HashOf(Encoding.UTF8.GetBytes(New)) };
        Leave(journal, [put, new FileStep(FileAction.Move, box.At("store", "two"), box.At("store", "one"))]);
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains(placed, Refused.With(ErrorCode.StoreFormat, () => store.BeginChange().Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_edited_after_it_is_not_overwritten()
    {
        Interrupt();
        File.WriteAllText(box.At("store", "two.yaml"), "edited");
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains("two.yaml", Assert.Single(store.TakeNotices()).Message, StringComparison.Ordinal);
        Refused.With(ErrorCode.StoreFormat, () => store.BeginChange().Dispose());
        Assert.Equal("edited", File.ReadAllText(box.At("store", "two.yaml")));

        File.WriteAllText(box.At("store", "two.yaml"), Old);
        store.BeginChange().Dispose();
        Assert.Equal(New, File.ReadAllText(box.At("store", "two.yaml")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_step_whose_file_has_gone_is_not_taken_for_done(int number)
    {
        FileStep[] steps = Interrupt();
        File.Delete(steps[number].Source!);
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains(steps[number].Path, Assert.Single(store.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.Equal(Old, File.ReadAllText(steps[number].Path));
        Assert.Single(Directory.GetFiles(box.At("keys"), "*.journal"));
    }

    [Theory]
    [InlineData("store", "store")]
    [InlineData("store", "link")]
    [InlineData("link", "link")]
    public void A_journal_of_the_first_version_is_refused(string name, string opened)
    {
        box.With(StoreBox.A);
        Directory.CreateSymbolicLink(box.At("link"), box.At("store"));
        string path = WriteFirstVersion(box.At(name));
        NatsStore store = StoreRoots.Open(box.At(opened), box.At("keys"));
        Assert.Contains(path, Assert.Single(store.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.Equal(path, Refused.With(ErrorCode.StoreFormat, () => store.BeginChange().Dispose()).Path);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void One_of_another_store_is_in_nobodys_way()
    {
        box.With(StoreBox.A);
        string path = WriteFirstVersion(box.At("other store"));
        NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Empty(store.TakeNotices());
        store.BeginChange().Dispose();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_change_inside_a_change_of_the_same_store_is_refused_at_once()
    {
        box.With(StoreBox.A);
        NatsStore other = StoreRoots.Open(Directory.CreateSymbolicLink(box.At("link"), box.At("store")).FullName, box.At("keys"));
        var signer = new SignFunction(_ =>
        {
            Assert.NotNull(other.Find(StoreBox.A));
            using var inside = new EntityEditor(other);
            throw Refused.With(ErrorCode.StoreBusy, () => inside.Change(StoreBox.A, SigningKeyChoice.Default, _ => { }));
        });
        NatsKeysException error = Refused.With(
            ErrorCode.ExternalSigner, () =>
                box.Edit(editor => editor.CreateUser(new NewEntity("U") { SigningKey = SigningKeyChoice.External(signer) }, StoreBox.A)));
        Assert.Contains(box.At("link"), error.Message, StringComparison.Ordinal);
        box.Edit(editor => editor.CreateUser(new NewEntity("U"), StoreBox.A));
    }

    [Theory]
    [EveryStore]
    public void Whoever_waits_for_a_store_can_stop_at_any_time(StorePlace place)
    {
        using StoreBox other = new StoreBox(place).With(StoreBox.A);
        using var stop = new CancellationTokenSource();
        using var keys = new KeyRing(other.Store.Keys);
        using StoreTransaction held = other.Store.BeginChange();
        Exception? end = null;
        using (ExecutionContext.SuppressFlow())
        {
            // A thread of its own, as a task may run in the place of the one who holds the store.
            var waiting = new Thread(() => end = Record.Exception(() =>
            {
                using var editor = new EntityEditor(other.Store, keys, cancellation: stop.Token);
                editor.CreateUser(new NewEntity("U"), StoreBox.A);
            }));
            waiting.Start();
            stop.Cancel();
            waiting.Join();
        }

        Assert.IsAssignableFrom<OperationCanceledException>(end);
    }

    [Fact]
    public void Whatever_goes_wrong_half_of_a_change_does_not_remain()
    {
        File.WriteAllText(box.At("store", "one.yaml"), Old);
        var journal = new FileJournal(box.At("keys"), box.At("store"));
        using (var files = new FileTransaction(journal, new FlushQueue()))
        {
            files.Write(box.At("store", "one.yaml"), Encoding.UTF8.GetBytes(New));
            files.Prune("\0");
            Assert.ThrowsAny<ArgumentException>(() => files.Commit());
        }

        journal.Close();
        Assert.Equal(Old, File.ReadAllText(box.At("store", "one.yaml")));
        Assert.Empty(Waiting());
        Assert.Empty(Directory.Exists(box.At("keys")) ? Directory.GetFiles(box.At("keys"), "*.journal") : []);
    }

    public void Dispose() => box.Dispose();

    /// <summary>A process that was killed when it had noted two steps and done none.</summary>
    private FileStep[] Interrupt(params string[] folder)
    {
        var journal = new FileJournal(box.At("keys"), box.At("store"));
        FileStep[] steps = [.. new[] { "one.yaml", "two.yaml" }.Select(
            name => new FileStep(FileAction.Put, box.At(["store", .. folder, name]), journal.NewFile(inKeyRoot: false))
        {
            Content = FileStep.HashOf(Encoding.UTF8.GetBytes(New)),
            Before = FileStep.HashOf(Encoding.UTF8.GetBytes(Old)),
        })];
        foreach (FileStep step in steps)
        {
            File.WriteAllText(step.Path, Old);
            File.WriteAllText(step.Source!, New);
        }

        Leave(journal, steps);
        return steps;
    }

    /// <summary>A process that was killed when it had noted steps.</summary>
    private void Leave(FileJournal journal, FileStep[] steps)
    {
        Assert.Null(journal.TryWrite(steps));
        using (FileLock held = FileLock.Take(
            LockFile.PathIn(box.At("store")), "store", isSecret: false, isShared: false, TimeProvider.System, CancellationToken.None))
        {
            held.NameJournal(journal.Place, flush: false);
        }

        journal.Leave();
    }

    /// <summary>Writes a journal as the first version did, and returns its path.</summary>
    private string WriteFirstVersion(string store)
    {
        byte[] text = "[]"u8.ToArray();
        string name = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(OperatingSystem.IsLinux() ? store : store.ToUpperInvariant()))[..6]);
        string path = box.At("keys", $".natskeys.{name}.journal");
        File.WriteAllBytes(path, [.. text, .. SHA256.HashData(text)]);
        return path;
    }

    /// <summary>A process that was killed when the store named its journal, which says nothing that is to be done.</summary>
    private string Interrupted(string when)
    {
        var journal = new FileJournal(box.At("keys"), box.At("store"));
        Assert.Null(journal.TryBegin());
        string file = JournalFolder.PathOf(journal.Place);
        using (FileLock held = FileLock.Take(
            LockFile.PathIn(box.At("store")), "store", isSecret: false, isShared: false, TimeProvider.System, CancellationToken.None))
        {
            held.NameJournal(journal.Place, flush: false);
        }

        File.WriteAllText(journal.NewFile(inKeyRoot: false), New);
        if (!when.StartsWith("before", StringComparison.Ordinal))
        {
            Assert.Null(journal.TryWrite(
                [new FileStep(FileAction.Prune, box.At("store", "a")), new FileStep(FileAction.Prune, box.At("store", "b"))]));
        }

        if (when.StartsWith("after", StringComparison.Ordinal))
        {
            journal.End();
        }

        journal.Leave();
        if (when.StartsWith("while", StringComparison.Ordinal))
        {
            using FileStream stream = File.OpenWrite(file);
            stream.SetLength(stream.Length - 1);
        }

        return file;
    }

    private List<string> Waiting() => [.. Directory.EnumerateFiles(box.At(), "*.tmp", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}

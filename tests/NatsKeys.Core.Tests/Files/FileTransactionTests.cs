using NatsKeys.Core.Tests.Store;
using System.Security.Cryptography;
using System.Text;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Several files change together, whatever happens in between.</summary>
public sealed class FileTransactionTests : IDisposable
{
    private const string Old = "old";
    private const string New = "new";
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keys;
    private FileJournal journal;

    public FileTransactionTests()
    {
        store = folder.At("store");
        keys = folder.At("keys");
        Directory.CreateDirectory(store);
        journal = new FileJournal(keys, store);
    }

    public static TheoryData<int> Interruptions => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void A_change_that_was_interrupted_after_any_step_is_finished(int done)
    {
        FileStep[] steps = Prepare();
        foreach (FileStep step in steps[..done])
        {
            step.Do(isSecret: false);
        }

        Assert.Contains($"({steps.Length - Seen(done)} of {steps.Length} ", Recover(), StringComparison.Ordinal);
        AssertDone();
        Assert.Null(Recover());
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void A_change_that_was_being_undone_is_finished(int left)
    {
        FileStep[] steps = Prepare();
        string[] kept = [.. steps.Select(step => journal.NewFile(inKeyRoot: step == steps[0]))];
        foreach ((FileStep step, string old) in steps.Zip(kept))
        {
            step.Do(isSecret: false, old);
        }

        foreach ((FileStep step, string old) in steps.Zip(kept).Skip(left).Reverse())
        {
            step.Undo(isSecret: false, old);
        }

        Assert.NotNull(Recover());
        AssertDone();
    }

    [Fact]
    public void What_was_made_ready_for_a_change_that_never_began_is_cleared_away()
    {
        FileStep[] steps = Prepare();
        File.Delete(Assert.Single(Directory.GetFiles(keys, ".natskeys.*.journal")));
        File.Delete(LockFile.PathIn(store));
        Assert.Null(Recover());
        Assert.Equal(Old, File.ReadAllText(At("changed")));
        Assert.All(steps, step => Assert.False(step.Action == FileAction.Put && File.Exists(step.Source)));
    }

    [Fact]
    public void A_journal_that_was_not_written_to_its_end_is_no_journal()
    {
        Prepare();
        journal.Leave();
        string path = Assert.Single(Directory.GetFiles(keys, ".natskeys.*.journal"));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Null(Recover());
            Assert.Equal(Old, File.ReadAllText(At("changed")));
            Assert.False(File.Exists(path));
        }
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("text")]
    public void One_whose_blocks_the_disk_lost_is_none_either(string what)
    {
        Prepare();
        journal.Leave();
        string path = Assert.Single(Directory.GetFiles(keys, ".natskeys.*.journal"));
        byte[] lost = new byte[new FileInfo(path).Length];
        lost.AsSpan(sizeof(int)).Fill(what == "zeros" ? (byte)0 : (byte)'x');
        File.WriteAllBytes(path, lost);
        Assert.Null(Recover());
        Assert.Equal(Old, File.ReadAllText(At("changed")));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_journal_that_is_too_large_is_not_read()
    {
        Prepare();
        journal.Leave();
        string path = Assert.Single(Directory.GetFiles(keys, ".natskeys.*.journal"));
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(FileKind.Journal.MaximumBytes + 1L);
        }

        Assert.Equal(path, Refused.With(ErrorCode.FileTooLarge, () => Recover()).Path);
        Assert.Equal(Old, File.ReadAllText(At("changed")));
    }

    [Fact]
    public void A_move_whose_target_somebody_made_meanwhile_is_not_taken_for_done()
    {
        Prepare();
        Directory.CreateDirectory(At("target"));
        Assert.Equal(At("source"), Refused.With(ErrorCode.FileAccess, () => Recover()).Path);
        Directory.Delete(At("target"));
        Assert.NotNull(Recover());
        AssertDone();
    }

    [Theory]
    [InlineData("""{"format":2,"store":null,"folders":[],"steps":[{"do":"Delete","path":["store","../victim"],"source":"""
        + """null,"content":null,"before":null}]}""")]
    [InlineData("""{"format":2,"store":null,"folders":[],"steps":[{"do":"Delete","path":["store","/victim"],"source":"""
        + """null,"content":null,"before":null}]}""")]
    [InlineData("""{"format":2,"store":null,"folders":[],"steps":[{"do":"Delete","path":["keys","../victim"],"source":"""
        + """null,"content":null,"before":null}]}""")]
    [InlineData("""{"format":2,"store":null,"folders":[],"steps":[{"do":"Delete","path":["store",""],"source":"""
        + """null,"content":null,"before":null}]}""")]
    [InlineData("""{"format":2,"store":null,"folders":[],"steps":[{"do":"Format","path":["store","changed"],"source":"""
        + """null,"content":null,"before":null}]}""")]
    [InlineData("""{"format":2,"store":null,"folders":[],"steps":[{"path":["store","changed"]}]}""")]
    [InlineData("""{"format":3,"store":null,"folders":[],"steps":[]}""")]
    [InlineData("{}")]
    [InlineData("x")]
    public void A_journal_that_says_anything_else_is_refused(string content)
    {
        Prepare();
        journal.Leave();
        File.WriteAllText(folder.At("victim"), Old);
        string path = Assert.Single(Directory.GetFiles(keys, ".natskeys.*.journal"));
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes(bytes.Length), .. bytes, .. SHA256.HashData(bytes)]);
        Assert.Equal(path, Refused.With(ErrorCode.StoreFormat, () => Recover()).Path);
        Assert.Equal((Old, Old), (File.ReadAllText(folder.At("victim")), File.ReadAllText(At("changed"))));
    }

    [Fact]
    public void A_step_that_fails_takes_the_others_back()
    {
        Lay();
        string before = Everything();
        using (var files = new FileTransaction(new FileJournal(keys, store), new FlushQueue()))
        {
            files.Write(At("changed"), "x"u8);
            files.Write(Path.Combine(keys, "new", "secret"), "x"u8);
            files.Delete(At("deleted", "file"));
            files.Prune(At("deleted"));
            files.Move(At("source"), At("target"));
            files.Write(At("changed", "below"), "x"u8);
            Assert.Equal(At("changed", "below"), Refused.With(ErrorCode.FileAccess, () => files.Commit()).Path);
        }

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void Where_keys_may_not_be_written_the_change_is_done_without_a_journal_and_says_so()
    {
        // Nobody makes files here, not even the administrator.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var files = new FileTransaction(new FileJournal("/sys/natskeys", store), new FlushQueue());
        files.Write(At("one"), "1"u8);
        files.Write(At("two"), "2"u8);
        string? notice = files.Commit();
        Assert.Contains("/sys/natskeys", notice, StringComparison.Ordinal);
        Assert.Equal(("1", "2"), (File.ReadAllText(At("one")), File.ReadAllText(At("two"))));
        files.Write(At("three"), "3"u8);
        Assert.Null(files.Commit());
    }

    [Fact]
    public void What_is_read_within_a_change_is_what_will_be()
    {
        Lay();
        using var files = new FileTransaction(new FileJournal(keys, store), new FlushQueue());
        files.Write(At("changed"), "x"u8);
        files.Delete(At("deleted", "file"));
        files.Move(At("source"), At("target"));
        files.Write(At("target", "other"), "y"u8);
        Assert.Equal("x"u8.ToArray(), files.Read(At("changed")));
        Assert.Null(files.Read(At("deleted", "file")));
        Assert.Equal("old"u8.ToArray(), files.Read(At("target", "file")));
        Assert.Equal("y"u8.ToArray(), files.Read(At("target", "other")));
        Assert.Equal(Old, File.ReadAllText(At("changed")));
    }

    [Fact]
    public void An_operator_with_its_system_account_comes_whole_or_not_at_all()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(new EntityPath("P"));
        Directory.CreateDirectory(box.At("store", "O"));
        File.WriteAllText(box.At("store", "O", "accounts"), "in the way");
        IReadOnlyList<string> before = box.Snapshot();
        Refused.With(ErrorCode.FileAccess, () => box.Edit(editor => editor.CreateOperatorWithSystemAccount(new NewEntity("O"), "SYS")));
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void A_user_whose_file_cannot_be_moved_keeps_its_name_its_token_and_its_place()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        Directory.CreateDirectory(box.At("store", "O", "accounts", "A", "users", "V.yaml"));
        IReadOnlyList<string> before = box.Snapshot();
        Refused.With(ErrorCode.FileAccess, () => box.Edit(editor => editor.Rename(StoreBox.U, "V", SigningKeyChoice.Default)));
        Assert.Equal(before, box.Snapshot());
    }

    [Theory]
    [EveryStore]
    public void What_is_not_made_real_is_gone(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        IReadOnlyList<string> before = box.Snapshot();
        using (StoreTransaction change = box.Store.BeginChange())
        {
            change.KeepKey(key);
            change.ForgetKey(box.User.Subject!);
            change.Move(StoreBox.A, new EntityPath("O", "B"));
            change.Delete(StoreBox.U, includeCredentials: true);
            change.Save(StoreBox.O, new EntityDocument(box.Operator.Claims, box.Operator.Jwt));
        }

        Assert.Equal(before, box.Snapshot());
    }

    public void Dispose() => folder.Dispose();

    private void Lay()
    {
        foreach (string[] path in new string[][] { ["changed"], ["deleted", "file"], ["source", "file"] })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.WriteAllText(At(path), Old);
        }
    }

    /// <summary>One step of each kind, noted, and their files ready.</summary>
    private FileStep[] Prepare()
    {
        Lay();
        journal = new FileJournal(keys, store);
        string hash = FileStep.HashOf(Encoding.UTF8.GetBytes(New));
        FileStep[] steps =
        [
            new(FileAction.Put, Path.Combine(keys, "folder", "secret"), journal.NewFile(inKeyRoot: true)) { Content = hash },
            new(FileAction.Put, At("changed"), journal.NewFile(inKeyRoot: false)) { Content = hash,
                Before = FileStep.HashOf(Encoding.UTF8.GetBytes(Old)) },
            new(FileAction.Delete, At("deleted", "file")),
            new(FileAction.Prune, At("deleted")),
            new(FileAction.Move, At("target"), At("source")),
        ];
        using (FileLock held = Hold())
        {
            held.NameJournal(journal.Place, flush: false);
        }

        Assert.Null(journal.TryWrite(steps));
        foreach (FileStep step in steps.Where(step => step.Action == FileAction.Put))
        {
            File.WriteAllText(step.Source!, New);
        }

        // Whoever was interrupted has nothing open any more.
        journal.Leave();
        return steps;
    }

    /// <summary>What the next one who changes the store does: this process is no more.</summary>
    private string? Recover()
    {
        journal.Leave();
        using FileLock held = Hold();
        return new JournalRecovery(new FileJournal(keys, store), held).Run();
    }

    private FileLock Hold() =>
        FileLock.Take(LockFile.PathIn(store), "store", isSecret: false, isShared: false, TimeProvider.System, CancellationToken.None);

    /// <summary>How many steps of those that were done can be seen to be.</summary>
    private static int Seen(int done) => done is 3 or 4 ? 2 : done;

    private void AssertDone()
    {
        Assert.Equal(New, File.ReadAllText(Path.Combine(keys, "folder", "secret")));
        Assert.Equal(New, File.ReadAllText(At("changed")));
        Assert.False(Directory.Exists(At("deleted")));
        Assert.Equal(Old, File.ReadAllText(At("target", "file")));
        Assert.False(Directory.Exists(At("source")));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories), file =>
                Path.GetFileName(file) is var name && name.StartsWith('.') && name != LockFile.StoreName);
    }

    /// <summary>All but the note, where nothing is noted.</summary>
    private string Everything() => string.Join('\n', Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).Select(file => $"{file} {File.ReadAllText(file)}"));

    private string At(params string[] parts) => Path.Combine([store, .. parts]);
}

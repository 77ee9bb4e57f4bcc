using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Files that somebody else has open for a moment, as on Windows.</summary>
public sealed class BusyFileTests : IDisposable
{
    private const int Times = 3;
    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public BusyFileTests()
    {
        file = folder.At("file");
        File.WriteAllText(file, "old");
    }

    [Theory]
    [InlineData("read")]
    [InlineData("begin")]
    [InlineData("stream")]
    [InlineData("replace")]
    [InlineData("delete")]
    [InlineData("clear")]
    [InlineData("put")]
    [InlineData("keep")]
    [InlineData("move")]
    [InlineData("folder")]
    [InlineData("prune")]
    public void Are_asked_for_again(string access)
    {
        int[] codes = [5, 32, 33];
        int code = 0;
        var disk = new BusyDisk(number => number <= Times) { Error = () => BusyDisk.OfCode(codes[code++ % codes.Length]) };
        using (Disk.Replace(disk))
        {
            Do(access);
        }

        Assert.True(disk.Accesses > Times, $"{disk.Accesses} accesses");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(32)]
    [InlineData(33)]
    public void Are_an_error_once_that_takes_too_long(int code)
    {
        var disk = new BusyDisk(_ => true) { Error = () => BusyDisk.OfCode(code), Limit = TimeSpan.Zero, Only = file };
        using (Disk.Replace(disk))
        {
            Assert.Equal(file, Refused.With(ErrorCode.FileAccess, () => SafeFiles.Write(file, "new"u8)).Path);
        }

        Assert.True(disk.Accesses > Times, $"{disk.Accesses} accesses");
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void Are_not_waited_for_any_more_by_somebody_who_was_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var disk = new BusyDisk(number => IsThird(number, stop));
        using (Disk.Replace(disk))
        using (BusyFile.CancelledBy(stop.Token))
        {
            Refused.With(ErrorCode.FileAccess, () => SafeFiles.Delete(file));
        }

        Assert.Equal(Times, disk.Accesses);
        Assert.True(File.Exists(file));
    }

    [Theory]
    [InlineData(112, true)]
    [InlineData(32, false)]
    [InlineData(5, false)]
    public void Other_errors_and_other_systems_are_not_waited_for(int code, bool isWindows)
    {
        var disk = new BusyDisk(_ => true) { Error = () => BusyDisk.OfCode(code), IsWindows = isWindows };
        using (Disk.Replace(disk))
        {
            Refused.With(ErrorCode.FileAccess, () => SafeFiles.Delete(file));
        }

        Assert.Equal(1, disk.Accesses);
    }

    [Fact]
    public void A_file_that_may_only_be_read_is_not_waited_for()
    {
        var disk = new BusyDisk(_ => true) { Error = () => BusyDisk.OfCode(5) };
        File.SetAttributes(file, FileAttributes.ReadOnly);
        try
        {
            using (Disk.Replace(disk))
            {
                Refused.With(ErrorCode.FileAccess, () => SafeFiles.Delete(file));
            }
        }
        finally
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Assert.Equal(1, disk.Accesses);
    }

    [Fact]
    public void Nothing_of_a_day_s_work_fails_where_every_file_is_busy_at_first()
    {
        var disk = new BusyDisk(number => number % 2 == 1);
        using IDisposable replaced = Disk.Replace(disk);
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        box.Edit(editor => editor.Rename(StoreBox.U, "V", SigningKeyChoice.Default));
        box.Edit(editor => editor.Rename(StoreBox.A, "B", SigningKeyChoice.Default));
        var user = (NatsUser)box.Store.Get(new EntityPath("O", "B", "V"));
        Assert.Equal(EntityState.Signed, user.State);
        Assert.True(box.Store.Keys.Contains(user.Subject!));
        Assert.True(disk.Accesses > Times);
    }

    /// <summary>What the disk stands for above.</summary>
    [WindowsFact]
    public async Task A_file_that_a_reader_keeps_to_himself_is_replaced_once_he_is_done()
    {
        var disk = new BusyDisk(_ => false);
        FileStream reader = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        Task writing = Task.Run(() =>
        {
            using IDisposable replaced = Disk.Replace(disk);
            SafeFiles.Write(file, "new"u8);
        });
        while (disk.Accesses <= Times)
        {
            Assert.False(writing.IsCompleted, "It was replaced under the reader.");
            await Task.Delay(1);
        }

        await reader.DisposeAsync();
        await writing;
        Assert.Equal("new", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public void Whoever_reads_keeps_nobody_from_replacing_and_deleting()
    {
        using (FileStream reader = RegularFile.OpenStream(file))
        {
            SafeFiles.Delete(file);
            Assert.Equal('o', reader.ReadByte());
        }

        Assert.False(File.Exists(file));
    }

    [UnixFact]
    public void Where_files_get_no_second_name_the_one_that_is_replaced_is_copied_before() => Replace(leftOver: false);

    [UnixFact]
    public void What_is_left_of_such_a_copy_is_no_obstacle() => Replace(leftOver: true);

    public void Dispose() => folder.Dispose();

    private void Replace(bool leftOver)
    {
        string ready = folder.At("ready");
        string kept = folder.At("kept");
        File.WriteAllText(ready, "new");
        if (leftOver)
        {
            File.WriteAllText(kept, "left over");
        }

        using (Disk.Replace(new BusyDisk(number => number == 1) { IsWindows = false }))
        {
            SafeFiles.Replace(ready, file, kept);
        }

        Assert.Equal(("new", "old", false), (File.ReadAllText(file), File.ReadAllText(kept), File.Exists(ready)));
    }

    private static bool IsThird(int number, CancellationTokenSource stop)
    {
        if (number == Times)
        {
            stop.Cancel();
        }

        return true;
    }

    private void Do(string access)
    {
        string other = folder.At("other");
        switch (access)
        {
            case "read":
                Assert.Equal("old"u8.ToArray(), SafeFiles.Read(file, FileKind.Key));
                break;
            case "begin":
                Assert.Equal("ol"u8, SafeFiles.ReadBeginning(file, 2));
                break;
            case "stream":
                RegularFile.OpenStream(file).Dispose();
                break;
            case "replace":
                SafeFiles.Write(file, "new"u8);
                Assert.Equal("new", File.ReadAllText(file));
                break;
            case "delete":
                SafeFiles.Delete(file);
                Assert.False(File.Exists(file));
                break;
            case "clear":
                SafeFiles.TryDelete(file);
                Assert.False(File.Exists(file));
                break;
            case "put":
                new FileStep(FileAction.Put, other, file).Do(isSecret: false, kept: null);
                Assert.Equal("old", File.ReadAllText(other));
                break;
            case "keep":
                File.WriteAllText(other, "new");
                new FileStep(FileAction.Put, file, other).Do(isSecret: false, folder.At("kept"));
                Assert.Equal(("new", "old"), (File.ReadAllText(file), File.ReadAllText(folder.At("kept"))));
                break;
            case "move":
                new FileStep(FileAction.Move, other, file).Do(isSecret: false, kept: null);
                Assert.Equal("old", File.ReadAllText(other));
                break;
            case "folder":
                string inside = folder.At("inside");
                Directory.CreateDirectory(inside);
                new FileStep(FileAction.Move, other, inside).Do(isSecret: false, kept: null);
                Assert.True(Directory.Exists(other));
                break;
            default:
                Directory.CreateDirectory(other);
                new FileStep(FileAction.Prune, other).Do(isSecret: false, kept: null);
                Assert.False(Directory.Exists(other));
                break;
        }
    }
}

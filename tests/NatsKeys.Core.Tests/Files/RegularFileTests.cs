using System.Diagnostics;
using System.Net.Sockets;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>What is no regular file is never waited for, and what is too large is never read.</summary>
public class RegularFileTests
{
    private static readonly FileKind Small = new("a small file", 10, ErrorCode.InvalidData);

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("device")]
    [InlineData("folder")]
    public void What_is_no_file_is_refused_at_once(string what)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string path = folder.At("x");
        using Socket? socket = Make(what, path);
        NatsKeysException error = Refused.With(ErrorCode.FileAccess, () => SafeFiles.Read(path, Small));
        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
        Assert.True(SafeFiles.ReadBeginning(path, 5).IsEmpty);
        Assert.Throws<IOException>(() => RegularFile.OpenStream(path).Dispose());
    }

    [Fact]
    public void A_pipe_in_the_place_of_a_lock_or_journal_is_refused_at_once()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using Socket? none = Make("pipe", folder.At("x"));
        Refused.With(ErrorCode.FileAccess, () =>
            FileLock.Take(folder.At("x"), "store", isSecret: false, isShared: true, TimeProvider.System, CancellationToken.None).Dispose());
        Assert.Null(LockFile.ReadRecord(folder.At("x")));
        Assert.Null(JournalFolder.TryTake(folder.At("x")));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(3L << 30, false)]
    public void A_file_has_an_end(long length, bool isRead)
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder.At("x")))
        {
            file.SetLength(length);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        if (isRead)
        {
            Assert.Equal(length, SafeFiles.Read(folder.At("x"), Small)!.Length);
        }
        else
        {
            Assert.Equal(folder.At("x"), Refused.With(ErrorCode.FileTooLarge, () => SafeFiles.Read(folder.At("x"), Small)).Path);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void What_may_be_read_may_be_written_and_one_byte_more_is_neither()
    {
        Small.RequireFits("x", 10);
        Small.RequireReadable(10);
        Assert.Equal("x", Refused.With(ErrorCode.FileTooLarge, () => Small.RequireFits("x", 11)).Path);
        Refused.With(ErrorCode.FileTooLarge, () => Small.RequireReadable(11));

        // Who reads no further than the limit does not know the length, and does not name it as such.
        string known = Small.TooLarge("x", 11).Message;
        string unknown = Small.TooLarge("x", 10).Message;
        Assert.All(["11", Small.Name, "10"], named => Assert.Contains(named, known, StringComparison.Ordinal));
        Assert.NotEqual(known.Replace("11", "10", StringComparison.Ordinal), unknown);
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("secret", false)]
    [InlineData("\0", true)]
    public void The_bytes_of_a_secret_are_cleared_whatever_comes_of_them(string text, bool isGood)
    {
        byte[] content = System.Text.Encoding.UTF8.GetBytes(text);
        Exception? error = Record.Exception(() => SecretFile.Read(
            "x", Small, content, read => isGood ? read.Length : throw new NatsKeysException(ErrorCode.InvalidData, "It is none.")));
        Assert.All(content, one => Assert.Equal(0, one));
        Assert.Equal(isGood && text == "secret", error is null);
        Assert.True(error is null or NatsKeysException { Path: "x" });
    }

    [Fact]
    public void What_is_not_there_is_no_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(SafeFiles.Read(folder.At("x"), Small));
        Assert.Null(SafeFiles.Read(folder.At("x", "y"), Small));
        RegularFile.Require(folder.At("x"));
    }

    [Fact]
    public void A_file_that_somebody_writes_is_read()
    {
        using var folder = new TemporaryFolder();
        using var file = new FileStream(folder.At("x"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Write("abc"u8);
        file.Flush();
        Assert.Equal("abc"u8.ToArray(), SafeFiles.Read(folder.At("x"), Small));
    }

    private static Socket? Make(string what, string path)
    {
        switch (what)
        {
            case "pipe":
                using (Process process = Process.Start("mkfifo", [path]))
                {
                    process.WaitForExit();
                }

                return null;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return socket;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                return null;
            default:
                Directory.CreateDirectory(path);
                return null;
        }
    }
}

using System.Diagnostics;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Files;

/// <summary>One alone holds a lock; the others wait in their order, know for whom, and can stop at any time.</summary>
public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public FileLockTests()
    {
        path = folder.At("store", ".natskeys.lock");
    }

    [Fact]
    public void Whoever_holds_it_says_so_and_nothing_remains_of_that()
    {
        using (FileLock held = Take())
        {
            LockRecord record = LockFile.ReadRecord(path)!;
            Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", record.Holder);
            Assert.InRange(DateTimeOffset.UtcNow - record.Since, TimeSpan.Zero, TimeSpan.FromHours(1));
            Assert.Null(FileLock.TryTake(path));
        }

        Assert.All(File.ReadAllBytes(path), left => Assert.Equal((byte)' ', left));
        using FileLock? free = FileLock.TryTake(path);
        Assert.NotNull(free);
    }

    /// <summary>The record of a lock among keys names the folder of the keys.</summary>
    [UnixFact]
    public void Only_the_owner_reads_the_lock_of_a_folder_with_secrets()
    {
        using FileLock held = FileLock.Take(path, "keys", isSecret: true, isShared: false, TimeProvider.System, CancellationToken.None, idle: null);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Owner, File.GetUnixFileMode(path));
            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }
    }

    [Fact]
    public void The_journal_of_a_holder_is_known_to_the_next_one()
    {
        var place = new JournalPlace("0123456789ab", folder.At("keys \"of\"\nmine"));
        using (FileLock held = Take())
        {
            held.NameJournal(place, flush: true);
        }

        using (FileLock next = Take())
        {
            Assert.Equal(place, next.Journal);
            next.NameJournal(null, flush: false);
        }

        using FileLock last = Take();
        Assert.Null(last.Journal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("anything")]
    [InlineData("process 1 on host since 2026-01-01T00:00:00Z\n")]
    [InlineData("process 1 on \u001b[31mhost since 2026-01-01T00:00:00Z\nlock 00000000000000000000000000000000 0\nno journal\n")]
    public void A_text_that_says_nothing_is_in_nobodys_way(string text)
    {
        Directory.CreateDirectory(folder.At("store"));
        File.WriteAllText(path, text);
        Assert.Null(LockFile.ReadRecord(path));
        using FileLock held = Take();
        Assert.Null(held.Journal);
    }

    [Fact]
    public void Where_nothing_moves_the_wait_ends_and_names_the_holder()
    {
        using FileLock held = Take();
        NatsKeysException error = Refused.With(ErrorCode.StoreBusy, () => Take(clock: new HastyClock()));
        Assert.Contains($" {LockPatience.Limit.TotalSeconds} s ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{LockFile.ReadRecord(path)}", error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Path);
        Assert.False(Directory.Exists(path + ".queue"));
    }

    [Fact]
    public void As_long_as_something_moves_the_patience_lasts()
    {
        var patience = new LockPatience(new HastyClock());
        LockRecord holder = LockRecord.Mine(DateTimeOffset.UtcNow, journal: null);
        for (int look = 0; look < 200; look++)
        {
            // The holder gets on every 20 seconds, and then the queue does.
            patience.Observe(look / 60, holder with { Progress = look / 20 });
            Assert.False(patience.IsOver);
        }

        for (int look = 0; look < 30; look++)
        {
            patience.Observe(3, holder with { Progress = 9 });
        }

        Assert.True(patience.IsOver);
    }

    [Fact]
    public void The_time_in_which_this_process_did_not_run_is_no_wait()
    {
        var patience = new LockPatience(new HastyClock { Step = TimeSpan.FromHours(1) });
        for (int look = 0; look < 20; look++)
        {
            patience.Observe(0, null);
        }

        Assert.False(patience.IsOver);
    }

    [Fact]
    public async Task A_wait_can_be_ended_at_once()
    {
        using FileLock held = Take();
        using var stop = new CancellationTokenSource();
        Task<FileLock> waiting = Task.Run(() => Take(cancellation: stop.Token));
        await UntilWaiting(1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(Directory.Exists(path + ".queue"));
    }

    [Fact]
    public async Task Those_who_wait_get_it_in_the_order_in_which_they_came()
    {
        var order = new List<int>();
        FileLock held = Take();
        List<Task> waiting = [];
        for (int number = 0; number < 5; number++)
        {
            int mine = number;
            waiting.Add(Task.Factory.StartNew(
                () =>
                {
                    using FileLock taken = Take();
                    order.Add(mine);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));
            await UntilWaiting(number + 1);
        }

        held.Dispose();
        await Task.WhenAll(waiting);
        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public void One_that_was_killed_while_it_waited_is_in_nobodys_way()
    {
        Directory.CreateDirectory(path + ".queue");
        File.WriteAllText(Path.Combine(path + ".queue", "0000000000000001-" + new string('0', 32)), "");
        using FileLock held = Take(clock: new HastyClock());
        Assert.False(Directory.Exists(path + ".queue"));
    }

    [Fact]
    public void What_is_no_place_in_the_queue_stays_and_is_in_nobodys_way()
    {
        string other = Path.Combine(Directory.CreateDirectory(path + ".queue").FullName, "0");
        File.WriteAllText(other, "mine");
        using FileLock held = Take(clock: new HastyClock());
        Assert.Equal("mine", File.ReadAllText(other));
    }

    [Fact]
    public async Task A_pipe_in_the_queue_keeps_nobody_waiting()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string pipe = Path.Combine(Directory.CreateDirectory(path + ".queue").FullName, "0000000000000001-" + new string('0', 32));
        using (Process process = Process.Start("mkfifo", [pipe]))
        {
            await process.WaitForExitAsync();
        }

        Assert.True(new LockQueue(path).IsEmpty);
        using FileLock held = await Task.Factory.StartNew(() => Take(clock: new HastyClock()), TaskCreationOptions.LongRunning)
            .WaitAsync(TimeSpan.FromMinutes(2));
        Assert.NotNull(held.Holding);
    }

    [UnixFact]
    public void A_link_or_a_folder_in_the_queue_is_nobodys_place()
    {
        string queue = Directory.CreateDirectory(path + ".queue").FullName;
        File.WriteAllText(folder.At("elsewhere"), "");
        File.CreateSymbolicLink(Path.Combine(queue, "0000000000000001-" + new string('0', 32)), folder.At("elsewhere"));
        Directory.CreateDirectory(Path.Combine(queue, "0000000000000002-" + new string('0', 32)));
        Assert.True(new LockQueue(path).IsEmpty);
    }

    [Fact]
    public void Many_who_change_by_turns_are_never_two_at_once_where_no_store_is_yet()
    {
        int inside = 0;
        int overlaps = 0;
        string store = folder.At("new");
        string marker = Path.Combine(store, "natskeys.yaml");
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int turn = 0; turn < 200; turn++)
            {
                // Whoever made no store takes its folder away again.
                using StoreLock held = StoreLock.Take(
                    store, marker, $"{store} {Environment.CurrentManagedThreadId}", TimeProvider.System, CancellationToken.None);
                overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            }
        });
        Assert.Equal(0, overlaps);
        Assert.False(Directory.Exists(store));
    }

    [Fact]
    public void A_lock_file_that_somebody_deleted_is_no_lock()
    {
        Directory.CreateDirectory(folder.At("store"));
        using FileLock first = Take();
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
            using FileLock second = Take();
            Assert.NotEqual(first.Holding, second.Holding);
            Assert.Equal(second.Holding, LockFile.ReadRecord(path)!.Holding);
        }
    }

    [Fact]
    public async Task Those_who_wait_see_that_the_holder_gets_on_and_nothing_is_written_more_often_than_once_in_a_second()
    {
        using FileLock held = Take();
        held.Report();
        Assert.Equal(0, LockFile.ReadRecord(path)!.Progress);
        await Task.Delay(1050);
        held.Report();
        held.Report();
        Assert.Equal((1, held.Holding), (LockFile.ReadRecord(path)!.Progress, LockFile.ReadRecord(path)!.Holding));
    }

    [Fact]
    public void A_journal_that_is_forgotten_is_named_no_more_once_the_lock_is_handed_on()
    {
        var place = new JournalPlace("0123456789ab", folder.At(new string('k', 500)));
        using (FileLock held = Take())
        {
            held.NameJournal(place, flush: false);
            held.ForgetJournal();
            Assert.Null(held.Journal);
            Assert.Equal(place, LockFile.ReadRecord(path)!.Journal);
        }

        Assert.All(File.ReadAllBytes(path), left => Assert.Equal((byte)' ', left));
    }

    [Fact]
    public void A_lock_file_that_is_too_long_to_be_a_record_is_cut()
    {
        Directory.CreateDirectory(folder.At("store"));
        File.WriteAllText(path, new string('x', LockRecord.Longest + 1));
        using FileLock held = Take();
        Assert.Equal(held.Holding, LockFile.ReadRecord(path)!.Holding);
        Assert.InRange(new FileInfo(path).Length, 1, LockRecord.Longest);
    }

    [Fact]
    public void A_journal_whose_key_root_is_too_long_to_be_named_is_an_error_of_the_lock()
    {
        using FileLock held = Take();
        var place = new JournalPlace("0123456789ab", new string('k', LockRecord.Longest));
        Assert.Equal(path, Refused.With(ErrorCode.FileAccess, () => held.NameJournal(place, flush: false)).Path);
        Assert.Null(LockFile.ReadRecord(path)!.Journal);
    }

    [Fact]
    public void Those_who_share_it_keep_out_who_wants_it_alone()
    {
        using FileLock one = FileLock.Take(path, "key root", isSecret: true, isShared: true, TimeProvider.System, CancellationToken.None);
        using FileLock two = FileLock.Take(path, "key root", isSecret: true, isShared: true, TimeProvider.System, CancellationToken.None);
        Assert.Null(FileLock.TryTake(path));
        Assert.Equal(path, Refused.With(ErrorCode.StoreBusy, () => Take(clock: new HastyClock())).Path);
    }

    [Fact]
    public void A_lock_whose_file_is_kept_open_is_free_and_can_be_taken_again()
    {
        var idle = new IdleLock();
        for (int turn = 0; turn < 3; turn++)
        {
            string first;
            using (FileLock held = Take(idle: idle))
            {
                first = LockFile.ReadRecord(path)!.Holding;
                Assert.Equal(held.Holding, first);
                Assert.Null(FileLock.TryTake(path));
            }

            Assert.All(File.ReadAllBytes(path), left => Assert.Equal((byte)' ', left));
            using (FileLock other = FileLock.TryTake(path)!)
            {
                other.NameJournal(new JournalPlace("0123456789ab", folder.At("keys")), flush: false);
                Refused.With(ErrorCode.StoreBusy, () => Take(new HastyClock(), idle: idle));
            }

            using FileLock again = Take(idle: idle);
            Assert.NotEqual(first, again.Holding);
            Assert.Equal(folder.At("keys"), again.Journal?.KeyRoot);
            again.NameJournal(null, flush: false);
        }

        Assert.Equal(OperatingSystem.IsLinux(), IsOpen());
        idle.Close();
        Assert.False(IsOpen());
    }

    [UnixFact]
    public void A_pipe_that_took_the_place_of_a_lock_that_was_held_before_is_refused()
    {
        Take().Dispose();
        File.Delete(path);
        using (Process process = Process.Start("mkfifo", [path]))
        {
            process.WaitForExit();
        }

        Refused.With(ErrorCode.FileAccess, () => Take());
        Refused.With(ErrorCode.FileAccess, () => FileLock.Take(
            path, "key root", isSecret: true, isShared: true, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public void What_took_the_place_of_a_lock_file_that_is_kept_open_is_the_lock()
    {
        var idle = new IdleLock();
        Take(idle: idle).Dispose();
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
            using (FileLock other = Take())
            {
                Refused.With(ErrorCode.StoreBusy, () => Take(new HastyClock(), idle: idle));
            }

            Take(idle: idle).Dispose();
            File.Move(path, path + ".moved");
            File.CreateSymbolicLink(path, path + ".moved");
            Refused.With(ErrorCode.FileAccess, () => Take(idle: idle));
        }
    }

    [Fact]
    public void One_that_is_shared_and_kept_open_keeps_nobody_out()
    {
        var idle = new IdleLock();
        for (int turn = 0; turn < 3; turn++)
        {
            using (Share())
            using (Share())
            {
                Assert.Null(FileLock.TryTake(path));
            }

            using FileLock? alone = FileLock.TryTake(path);
            Assert.NotNull(alone);
        }

        FileLock Share() => FileLock.Take(path, "key root", isSecret: true, isShared: true, TimeProvider.System, CancellationToken.None, idle);
    }

    [Fact]
    public void Threads_that_keep_one_file_open_are_never_two_at_once()
    {
        var idle = new IdleLock();
        int inside = 0;
        int overlaps = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int turn = 0; turn < 200; turn++)
            {
                using FileLock held = Take(idle: idle);
                overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            }
        });
        Assert.Equal(0, overlaps);
        idle.Close();
    }

    public void Dispose() => folder.Dispose();

    private FileLock Take(TimeProvider? clock = null, IdleLock? idle = null, CancellationToken cancellation = default) =>
        FileLock.Take(path, "store", isSecret: false, isShared: false, clock ?? TimeProvider.System, cancellation, idle);

    /// <summary>Whether this process has the lock file open, as far as the system tells.</summary>
    private bool IsOpen() => OperatingSystem.IsLinux()
        && Directory.GetFiles("/proc/self/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == path);

    private async Task UntilWaiting(int count)
    {
        while (!Directory.Exists(path + ".queue") || Directory.GetFiles(path + ".queue").Length < count)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>A clock on which a second goes by whenever somebody looks at it.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long looks;

        public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref looks, Step.Ticks);
    }
}

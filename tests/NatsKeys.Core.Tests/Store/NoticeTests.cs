using NatsKeys.Files;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What people should know of the work on a store, once each.</summary>
public sealed class NoticeTests : IDisposable
{
    private readonly StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);

    [Fact]
    public void A_change_that_was_finished_for_somebody_else_is_told_by_whoever_opens_the_store()
    {
        Leave();
        NatsStore opened = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains(box.At("store"), Assert.Single(opened.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.Empty(opened.TakeNotices());
        Assert.Null(opened.Find(StoreBox.U));
    }

    [Fact]
    public void So_it_is_by_one_that_changes_a_store_that_was_open_before()
    {
        Leave();
        Assert.Empty(box.Store.TakeNotices());
        box.With(StoreBox.A.Child("V"));
        Assert.Contains(box.At("store"), Assert.Single(box.Store.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.Equal(["V"], box.Store.Names(StoreBox.A));
    }

    [Fact]
    public void A_change_that_cannot_be_finished_is_told_as_well()
    {
        string journal = Leave();
        File.Delete(journal);
        NatsStore opened = StoreRoots.Open(box.At("store"), box.At("keys"));
        string notice = Assert.Single(opened.TakeNotices()).Message;
        Assert.Contains(journal, notice, StringComparison.Ordinal);
        Assert.NotNull(opened.Find(StoreBox.U));
    }

    [Fact]
    public void That_several_files_were_changed_without_a_journal_is_told()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Nobody makes files there, not even the administrator.
        NatsStore opened = StoreRoots.Open(box.At("store"), "/sys/natskeys");
        using (StoreTransaction change = opened.BeginChange())
        {
            change.Save(StoreBox.U, opened.Get(StoreBox.U).Document);
            change.Save(StoreBox.A, opened.Get(StoreBox.A).Document);
            change.Commit();
        }

        Assert.Contains("/sys/natskeys", Assert.Single(opened.TakeNotices()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => box.Dispose();

    /// <summary>Leaves what a process that was killed leaves, which was about to delete the user; gives the file of its journal.</summary>
    private string Leave()
    {
        var journal = new FileJournal(box.At("keys"), box.At("store"));
        string path = JournalFolder.PathOf(journal.Place);
        using FileLock held = FileLock.Take(
            LockFile.PathIn(box.At("store")), "store", isSecret: false, isShared: false, TimeProvider.System, CancellationToken.None);
        held.NameJournal(journal.Place, flush: false);
        FileStep[] steps = [new(FileAction.Delete, box.At("store", "O", "accounts", "A", "users", "U.yaml")),
            new(FileAction.Prune, box.At("store", "none"))];
        Assert.Null(journal.TryWrite(steps));
        journal.Leave();
        return path;
    }
}

using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Changes that wait to be written together, while a timer writes them on another thread.</summary>
public sealed class PendingChangesTests : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);
    private readonly ManualTimer clock = new();
    private readonly RecordedGroup group = new();

    public void Dispose()
    {
        clock.Dispose();
        group.Dispose();
    }

    [Fact]
    public void A_change_that_comes_after_the_timer_has_written_the_group_is_not_added_until_the_others_are_taken()
    {
        using PendingChanges<int> pending = Create();
        Assert.True(Add(pending, 1));
        clock.Fire();
        Assert.Equal([1], group.Written);

        Assert.True(pending.IsFull);
        Assert.False(Add(pending, 2));
        Assert.Equal([1], pending.Take().Changes);
        Assert.True(Add(pending, 2));
        Assert.Equal([2], pending.Take().Changes);
        Assert.Equal([1, 2], group.Written);
    }

    [Fact]
    public async Task Every_change_that_is_taken_was_written_once_whenever_the_timer_fires()
    {
        const int Count = 20_000;
        using PendingChanges<int> pending = Create();
        using var end = new CancellationTokenSource();
        Task firing = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                clock.Fire();
            }
        });
        var taken = new List<int>();
        for (int number = 0; number < Count; number++)
        {
            while (!Add(pending, number))
            {
                taken.AddRange(pending.Take().Changes);
            }
        }

        taken.AddRange(pending.Take().Changes);
        await end.CancelAsync();
        await firing;
        Assert.Equal(Enumerable.Range(0, Count), taken);
        Assert.Equal(taken, group.Written);
    }

    [Fact]
    public void A_group_that_cannot_be_written_by_the_timer_is_reported_with_its_changes()
    {
        using PendingChanges<int> pending = Create();
        Add(pending, 1);
        group.Fault = new NatsKeysException(ErrorCode.StoreConflict, "Others were faster.");
        clock.Fire();
        group.Fault = null;

        (IReadOnlyList<int> changes, Exception? fault) = pending.Take();
        Assert.Equal([1], changes);
        Assert.Equal(ErrorCode.StoreConflict, Assert.IsType<NatsKeysException>(fault).Code);
        Add(pending, 2);
        Assert.Null(pending.Take().Fault);
        Assert.Equal([2], group.Written);
    }

    [Fact]
    public void A_full_group_says_so_and_an_empty_one_is_never_written()
    {
        using PendingChanges<int> pending = Create(most: 2);
        clock.Fire();
        Assert.Empty(pending.Take().Changes);
        Assert.Equal(0, group.Commits);

        Add(pending, 1);
        Assert.False(pending.IsFull);
        Add(pending, 2);
        Assert.True(pending.IsFull);
    }

    [Fact]
    public void Reads_see_the_changes_of_a_group_only_until_it_is_written()
    {
        using PendingChanges<int> pending = Create();
        Add(pending, 1);
        Assert.True(pending.Read(() => group.IsEntered));
        clock.Fire();
        Assert.False(pending.Read(() => group.IsEntered));
    }

    [Fact]
    public void What_is_discarded_is_not_written_later()
    {
        PendingChanges<int> pending = Create();
        Add(pending, 1);
        pending.Dispose();
        clock.Fire();
        Assert.Empty(group.Written);
    }

    private PendingChanges<int> Create(int most = int.MaxValue) => new(group, most, Wait, clock);

    private bool Add(PendingChanges<int> pending, int number) => pending.TryAdd(() => group.Make(number));

    private sealed class RecordedGroup : ChangeGroup
    {
        private readonly List<int> made = [];

        public List<int> Written { get; } = [];

        public int Commits { get; private set; }

        public bool IsEntered { get; private set; }

        public NatsKeysException? Fault { get; set; }

        public override bool IsFull => false;

        public int Make(int number)
        {
            Assert.True(IsEntered);
            made.Add(number);
            return number;
        }

        public override IDisposable Enter()
        {
            IsEntered = true;
            return new Left(this);
        }

        public override void Commit()
        {
            Commits++;
            if (Fault is null)
            {
                Written.AddRange(made);
            }

            made.Clear();
            if (Fault is not null)
            {
                throw Fault;
            }
        }

        public override void Dispose() => made.Clear();

        private sealed class Left(RecordedGroup group) : IDisposable
        {
            public void Dispose() => group.IsEntered = false;
        }
    }

    /// <summary>A clock whose only timer fires when a test says so.</summary>
    private sealed class ManualTimer : TimeProvider, ITimer
    {
        private TimerCallback? callback;

        public void Fire() => callback!(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.callback = callback;
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

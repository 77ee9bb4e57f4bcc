namespace NatsKeys.Store;

/// <summary>
/// The changes of a group until their owner takes them. The group is written when they are taken, or earlier, if no change was added for a while.
/// No change is added to a group that is already written: it would be reported as made, but never be written.
/// </summary>
/// <typeparam name="T">What the owner keeps of each change.</typeparam>
internal sealed class PendingChanges<T> : IDisposable
{
    private readonly Lock writing = new();
    private readonly ChangeGroup group;
    private readonly int most;
    private readonly TimeSpan longestWait;
    private readonly ITimer timer;
    private List<T> added = [];
    private Exception? fault;
    private bool isWritten;

    /// <summary>Creates an empty list of changes.</summary>
    /// <param name="group">The group, which is disposed with the list.</param>
    /// <param name="most">The number of changes at which the group is full.</param>
    /// <param name="longestWait">The time after the last change at which the group is written.</param>
    /// <param name="clock">Measures that time.</param>
    public PendingChanges(ChangeGroup group, int most, TimeSpan longestWait, TimeProvider clock)
    {
        (this.group, this.most, this.longestWait) = (group, most, longestWait);
        using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
        timer = clock.CreateTimer(_ => WriteInTime(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the changes should be taken before more are added.</summary>
    public bool IsFull
    {
        get
        {
            lock (writing)
            {
                return isWritten || added.Count >= most || group.IsFull;
            }
        }
    }

    /// <summary>Makes a change in the group.</summary>
    /// <param name="make">Makes the change.</param>
    /// <returns>False if the group is already written. Nothing was made then, and the changes must be taken first.</returns>
    public bool TryAdd(Func<T> make)
    {
        // The timer's thread may write the group until the lock is taken.
        lock (writing)
        {
            if (isWritten)
            {
                return false;
            }

            using (group.Enter())
            {
                added.Add(make());
            }

            timer.Change(longestWait, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Reads the store as if the changes were written.</summary>
    public TResult Read<TResult>(Func<TResult> read)
    {
        lock (writing)
        {
            if (isWritten)
            {
                return read();
            }

            using (group.Enter())
            {
                return read();
            }
        }
    }

    /// <summary>Writes the changes, unless they are already written, and empties the list.</summary>
    /// <returns>The changes; and why none of them was written, or null.</returns>
    public (IReadOnlyList<T> Changes, Exception? Fault) Take()
    {
        lock (writing)
        {
            Write();
            (List<T> taken, Exception? cause) = (added, fault);
            (added, fault, isWritten) = ([], null, false);
            return (taken, cause);
        }
    }

    /// <summary>Discards the changes that are not written.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (writing)
        {
            added.Clear();
            group.Dispose();
        }
    }

    private void WriteInTime()
    {
        lock (writing)
        {
            Write();
        }
    }

    private void Write()
    {
        if (isWritten || added.Count == 0)
        {
            return;
        }

        try
        {
            group.Commit();
        }
        catch (Exception error)
        {
            // The thread may be that of the timer, which cannot report the error.
            fault = error;
        }

        isWritten = true;
    }
}

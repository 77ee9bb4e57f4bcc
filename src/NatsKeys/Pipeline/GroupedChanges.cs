using System.Diagnostics;
using System.Management.Automation;
using NatsKeys.Commands;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// Changes of a cmdlet that makes many of them, in a store that takes many in the time of one. What is said of a change, and its object, come out
/// once it is written. A change never waits for input: it is written as soon as nothing more comes at once.
/// </summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class GroupedChanges(NatsCmdlet cmdlet) : IDisposable
{
    private const int Most = 200;

    // Input that comes one by one is not worth a group, and its objects must not wait for what may never come.
    private const int FirstQuick = 4;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);
    private readonly Lock writing = new();
    private List<Waiting> waiting = [];
    private NatsStore? store;
    private ChangeGroup? group;
    private Timer? timer;
    private Exception? fault;
    private bool isWritten;
    private bool isMany;
    private int quick;
    private long lastEnd;

    private bool IsStreaming => quick >= FirstQuick;

    /// <summary>Begins with the next input.</summary>
    public void BeginRecord()
    {
        bool isQuick = lastEnd != 0 && Stopwatch.GetElapsedTime(lastEnd) < Quick;
        quick = isQuick ? quick + 1 : 0;
        isMany = IsStreaming;
        if (!isQuick)
        {
            Flush();
        }
    }

    /// <summary>Ends with an input.</summary>
    public void EndRecord()
    {
        if (!IsStreaming)
        {
            Flush();
        }

        lastEnd = Stopwatch.GetTimestamp();
    }

    /// <summary>Says that many changes come at once.</summary>
    public void ExpectMany() => isMany = true;

    /// <summary>Makes a change of a store, together with others where there are many.</summary>
    /// <param name="target">The store.</param>
    /// <param name="about">What an error is about.</param>
    /// <param name="work">Makes the change. It may be done again: then what others changed meanwhile is taken up.</param>
    /// <param name="done">Tells what was made.</param>
    public void Make<T>(NatsStore target, object? about, Func<T?> work, Action<T> done)
        where T : class
    {
        if (!isMany || GroupOf(target) is not { } own)
        {
            Tell(work(), made => done((T)made));
            return;
        }

        bool isFull;
        lock (writing)
        {
            T? made;
            using (own.Enter())
            {
                made = work();
            }

            waiting.Add(new Waiting(about, work, one => done((T)one), made));
            isFull = waiting.Count >= Most || own.IsFull;
        }

        if (isFull)
        {
            Flush();
        }
        else
        {
            timer!.Change(LongestWait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Reads a store with the changes that wait.</summary>
    public T Read<T>(NatsStore target, Func<T> read)
    {
        lock (writing)
        {
            if (group is null || target != store || isWritten)
            {
                return read();
            }

            using (group.Enter())
            {
                return read();
            }
        }
    }

    /// <summary>Writes what waits, and tells it.</summary>
    public void Flush()
    {
        List<Waiting> told;
        Exception? failed;
        lock (writing)
        {
            if (waiting.Count == 0)
            {
                return;
            }

            Write();
            (told, failed) = (waiting, fault);
            (waiting, fault, isWritten) = ([], null, false);
        }

        // None was written then. Where servers are to blame, each would fail alike, and otherwise each is made alone.
        foreach (Waiting one in told)
        {
            switch (failed)
            {
                case null:
                    Tell(one.Made, one.Done);
                    break;
                case NatsKeysException { Code: ErrorCode.ServerUnreachable or ErrorCode.OutcomeUnknown or ErrorCode.StoreNotFound } error:
                    cmdlet.Errors.Write(error, one.About);
                    break;
                case NatsKeysException:
                    cmdlet.Errors.Try(() => Tell(one.Work(), one.Done), one.About);
                    break;
                default:
                    throw new PipelineStoppedException();
            }
        }
    }

    /// <summary>What was not written when a pipeline ended early never is, and nothing was said of it.</summary>
    public void Dispose()
    {
        timer?.Dispose();
        lock (writing)
        {
            waiting.Clear();
            group?.Dispose();
            group = null;
        }
    }

    private static void Tell(object? made, Action<object> done)
    {
        if (made is not null)
        {
            done(made);
        }
    }

    /// <summary>The group of a store; null where it gains nothing by one, or where somebody is asked about each change.</summary>
    private ChangeGroup? GroupOf(NatsStore target)
    {
        if (target != store || isWritten)
        {
            Flush();
        }

        if (target != store)
        {
            group?.Dispose();
            (store, group) = (target, IsAsked() ? null : target.BeginGroup(cmdlet.Stopped));
            timer ??= NewTimer();
        }

        return group;
    }

    private bool IsAsked() => cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm")
        || StoreChanges.PreferenceOf(cmdlet) is ConfirmImpact.Low or ConfirmImpact.Medium;

    /// <summary>Writes what waits where nothing more came. It is told with the next input, or at the end.</summary>
    private Timer NewTimer()
    {
        using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
        return new Timer(_ =>
        {
            lock (writing)
            {
                if (group is not null && waiting.Count > 0)
                {
                    Write();
                }
            }
        });
    }

    private void Write()
    {
        if (isWritten)
        {
            return;
        }

        try
        {
            group!.Commit();
        }
        catch (Exception error)
        {
            // Whoever wrote it may be no thread that can tell it.
            fault = error;
        }

        isWritten = true;
    }

    private sealed record Waiting(object? About, Func<object?> Work, Action<object> Done, object? Made);
}

using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using NatsKeys.Commands;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// Groups the changes of a cmdlet that makes many of them, if the store can write many in the time of one. The messages and the output object of a
/// change are written once the change is stored. A change never waits for input: the group is written as soon as no more input follows at once.
/// </summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class GroupedChanges(NatsCmdlet cmdlet) : IDisposable
{
    private const int Most = 200;

    // The number of quick inputs before changes are grouped. Input that arrives slowly gains nothing from a group, and its output must not wait for
    // input that may never come.
    private const int FirstQuick = 4;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);
    private NatsStore? store;
    private PendingChanges<Waiting>? pending;
    private bool isMany;
    private int quick;
    private long lastEnd;

    private bool IsStreaming => quick >= FirstQuick;

    /// <summary>Starts the next input.</summary>
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

    /// <summary>Completes an input.</summary>
    public void EndRecord()
    {
        if (!IsStreaming)
        {
            Flush();
        }

        lastEnd = Stopwatch.GetTimestamp();
    }

    /// <summary>Announces that many changes follow at once.</summary>
    public void ExpectMany() => isMany = true;

    /// <summary>Makes a change of a store, in a group with others if there are many.</summary>
    /// <param name="target">The store.</param>
    /// <param name="about">The target of an error.</param>
    /// <param name="work">Makes the change. It may be called again if the group fails, and then starts from the current state of the store.</param>
    /// <param name="done">Reports the result.</param>
    public void Make<T>(NatsStore target, object? about, Func<T?> work, Action<T> done)
        where T : class
    {
        if (!isMany || PendingOf(target) is not { } own)
        {
            Tell(work(), made => done((T)made));
            return;
        }

        while (!own.TryAdd(() => new Waiting(about, work, one => done((T)one), work())))
        {
            Flush();
        }

        if (own.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Reads a store as if the waiting changes were written.</summary>
    public T Read<T>(NatsStore target, Func<T> read) => pending is null || target != store ? read() : pending.Read(read);

    /// <summary>Writes the waiting changes, and reports their results.</summary>
    public void Flush()
    {
        if (pending is null)
        {
            return;
        }

        // If the group failed, none of its changes was written. If the servers are the cause, each change would fail alike, so the error is reported
        // for each. Otherwise each change is made alone.
        (IReadOnlyList<Waiting> told, Exception? failed) = pending.Take();
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
                case OperationCanceledException:
                    throw new PipelineStoppedException();
                default:
                    ExceptionDispatchInfo.Throw(failed);
                    break;
            }
        }
    }

    /// <summary>Discards the waiting changes. If the pipeline ended early, they are never written, and nothing was reported about them.</summary>
    public void Dispose() => pending?.Dispose();

    private static void Tell(object? made, Action<object> done)
    {
        if (made is not null)
        {
            done(made);
        }
    }

    /// <summary>
    /// Returns the waiting changes of a store; null if the store gains nothing from groups, or if the user is asked about each change.
    /// </summary>
    private PendingChanges<Waiting>? PendingOf(NatsStore target)
    {
        if (target != store)
        {
            Flush();
            pending?.Dispose();
            store = target;
            pending = !IsAsked() && target.BeginGroup(cmdlet.Stopped) is { } group
                ? new PendingChanges<Waiting>(group, Most, LongestWait, TimeProvider.System)
                : null;
        }

        return pending;
    }

    private bool IsAsked() => cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm")
        || StoreChanges.PreferenceOf(cmdlet) is ConfirmImpact.Low or ConfirmImpact.Medium;

    private sealed record Waiting(object? About, Func<object?> Work, Action<object> Done, object? Made);
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace NatsKeys.Bucket;

/// <summary>
/// What this process wrote to a bucket last. A process may have several stores of one bucket, for example for several users. They share this, so
/// that each of them sees at once what another one wrote.
/// </summary>
internal sealed class OwnWrites
{
    private static readonly ConcurrentDictionary<string, OwnWrites> All = new(StringComparer.Ordinal);
    private ulong last;
    private long time;

    /// <summary>The latest revision that this process wrote; 0 for none.</summary>
    public ulong Last => Volatile.Read(ref last);

    /// <summary>Returns what this process wrote to a bucket.</summary>
    /// <param name="identity">The identity of the bucket, which differs from that of a deleted bucket of the same name.</param>
    public static OwnWrites To(string identity) => All.GetOrAdd(identity, _ => new OwnWrites());

    /// <summary>Whether something was read after the last write.</summary>
    /// <param name="read">The stopwatch timestamp of the read.</param>
    public bool IsBefore(long read) => read > Volatile.Read(ref time);

    /// <summary>Records that something was written, or may have been.</summary>
    /// <param name="revision">The revision; 0 if it is not that of an entity.</param>
    public void Add(ulong revision = 0)
    {
        for (ulong known = Last; known < revision;)
        {
            known = Interlocked.CompareExchange(ref last, revision, known);
        }

        Volatile.Write(ref time, Stopwatch.GetTimestamp());
    }

    /// <summary>Forgets the latest revision, because the bucket no longer has it. A later one is kept.</summary>
    /// <param name="revision">The revision.</param>
    public void Forget(ulong revision) => Interlocked.CompareExchange(ref last, 0, revision);
}

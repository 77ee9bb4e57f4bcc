using System.Diagnostics;

namespace NatsKeys.Bucket;

/// <summary>
/// The entries that were read last, by their revision, which never changes. The oldest half goes when there are too many, so a large bucket needs
/// no more memory than a small one.
/// </summary>
internal sealed class BucketContents
{
    private const int MostInHalf = 2048;
    private readonly Lock changing = new();
    private long aged;
    private Dictionary<string, (BucketEntry Entry, long Read)> newer = [];
    private Dictionary<string, (BucketEntry Entry, long Read)> older = [];

    /// <summary>The content of a key at a revision; null where it is not kept.</summary>
    public byte[]? Find(string key, ulong revision) => Find(key) is { } kept && kept.Entry.Revision == revision ? kept.Entry.Body : null;

    /// <summary>What was the newest entry of a key not longer than some time ago; null where that is not known.</summary>
    public BucketEntry? FindRecent(string key, TimeSpan age) =>
        Find(key) is { } kept && kept.Read > Volatile.Read(ref aged) && Stopwatch.GetElapsedTime(kept.Read) < age ? kept.Entry : null;

    /// <summary>Takes note that something was written: nothing of what was read counts as recent any more.</summary>
    public void Age() => Volatile.Write(ref aged, Stopwatch.GetTimestamp());

    /// <summary>Keeps an entry that was the newest one of its key at some time.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="time">The time, as the stopwatch tells it; 0 where it may be older than that.</param>
    public void Keep(BucketEntry entry, long time)
    {
        lock (changing)
        {
            if (newer.Count >= MostInHalf)
            {
                (older, newer) = (newer, []);
            }

            newer[entry.Key] = (entry, time);
        }
    }

    public void Clear()
    {
        lock (changing)
        {
            newer.Clear();
            older.Clear();
        }
    }

    private (BucketEntry Entry, long Read)? Find(string key)
    {
        lock (changing)
        {
            return newer.TryGetValue(key, out (BucketEntry Entry, long Read) kept) || older.TryGetValue(key, out kept) ? kept : null;
        }
    }
}

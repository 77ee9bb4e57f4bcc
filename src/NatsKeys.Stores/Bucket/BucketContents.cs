using System.Diagnostics;

namespace NatsKeys.Bucket;

/// <summary>
/// Caches recently read entries. The content of a revision never changes. When there are too many, the older half is dropped, so a large bucket
/// needs no more memory than a small one.
/// </summary>
/// <param name="own">What this process wrote to the bucket.</param>
internal sealed class BucketContents(OwnWrites own)
{
    private const int MostInHalf = 2048;
    private const int MostListings = 64;
    private readonly Lock changing = new();
    private Dictionary<string, (BucketEntry Entry, long Read)> newer = [];
    private Dictionary<string, (BucketEntry Entry, long Read)> older = [];
    private readonly Dictionary<string, (string[] Names, long Read)> listings = [];

    /// <summary>Returns the content of a key at a revision; null if it is not cached.</summary>
    public byte[]? Find(string key, ulong revision) => Find(key) is { } kept && kept.Entry.Revision == revision ? kept.Entry.Body : null;

    /// <summary>Returns an entry that was the latest of its key within some time; null if it is not cached.</summary>
    public BucketEntry? FindRecent(string key, TimeSpan age) =>
        Find(key) is { } kept && IsRecent(kept.Read, age) ? kept.Entry : null;

    /// <summary>Returns the names of a filter as they were within some time; null if they are not cached.</summary>
    public string[]? FindRecentNames(string filter, TimeSpan age)
    {
        lock (changing)
        {
            return listings.TryGetValue(filter, out (string[] Names, long Read) kept) && IsRecent(kept.Read, age) ? kept.Names : null;
        }
    }

    /// <summary>Caches an entry that was the latest of its key at some time.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="time">The stopwatch timestamp of that time; 0 if the entry is not to count as recent.</param>
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

    /// <summary>Caches the names of a filter at some time.</summary>
    public void KeepNames(string filter, string[] names, long time)
    {
        lock (changing)
        {
            if (listings.Count >= MostListings)
            {
                listings.Clear();
            }

            listings[filter] = (names, time);
        }
    }

    public void Clear()
    {
        lock (changing)
        {
            listings.Clear();
            newer.Clear();
            older.Clear();
        }
    }

    private bool IsRecent(long time, TimeSpan age) => own.IsBefore(time) && Stopwatch.GetElapsedTime(time) < age;

    private (BucketEntry Entry, long Read)? Find(string key)
    {
        lock (changing)
        {
            return newer.TryGetValue(key, out (BucketEntry Entry, long Read) kept) || older.TryGetValue(key, out kept) ? kept : null;
        }
    }
}

using System.Diagnostics;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// Lists the names below a path before the index is available, and returns the first ones quickly. Entries that are read on the way are cached,
/// because the caller is likely to read them next.
/// </summary>
/// <param name="reader">Reads entries by key.</param>
/// <param name="cache">The cached content of the bucket.</param>
internal sealed class BucketListing(BucketReader reader, BucketCache cache)
{
    private const int FirstPage = 8;
    private const int Growth = 8;

    // Servers return so many keys in the time of one small request.
    private const int KeysPerRequest = 200;

    /// <summary>Returns the names below a path, sorted.</summary>
    /// <param name="parent">The path; null for operators.</param>
    /// <param name="mayBeRecent">Whether names that were read within the confirmation interval suffice.</param>
    public IEnumerable<string> Names(EntityPath? parent, bool mayBeRecent)
    {
        string filter = BucketKey.Children(parent);
        if (mayBeRecent && cache.RecentNames(filter) is { } known)
        {
            return known;
        }

        // The nearby server's answer is complete if it has everything that the leader had after this moment.
        long time = Stopwatch.GetTimestamp();
        Task<BucketPage?> near = reader.GetManyAsync([filter]);
        BucketEntry? last = BucketStore.Wait(reader.GetAsync(filter, ReadStop.Token));
        BucketPage? page = BucketStore.Wait(near);
        cache.Count(requests: 2);
        if (last is null)
        {
            return [];
        }

        if (page is { IsTooMany: false } && page.UpTo >= last.Revision)
        {
            string[] names = [.. Known(page.Entries, time).Order(StringComparer.OrdinalIgnoreCase)];
            cache.Contents.KeepNames(filter, names, time);
            return names;
        }

        // There are more entries than servers return at once. Keys that do not belong to entities are ignored.
        (List<string> keys, ulong newest) = BucketStore.Wait(reader.GetKeysAsync(filter, ReadStop.Token));
        cache.Count(keys.Count / KeysPerRequest);
        (string Key, string Name)[] named = [.. keys.Select(key => (key, BucketKey.PathOf(key)?.Name!)).Where(one => one.Item2 is not null)];
        string[] sorted = Array.ConvertAll(named, one => one.Key);
        Array.Sort(Array.ConvertAll(named, one => one.Name), sorted, StringComparer.OrdinalIgnoreCase);
        return Pages(parent, sorted, newest);
    }

    /// <summary>Returns names page by page until the index is available. Each page is read while the previous one is used.</summary>
    private IEnumerable<string> Pages(EntityPath? parent, string[] keys, ulong newest)
    {
        string last = "";
        int size = Math.Min(FirstPage, keys.Length);
        Task<List<string>> next = PageAsync(keys[..size], newest);
        for (int at = size; ; at += size)
        {
            List<string> names = BucketStore.Wait(next);
            size = Math.Min(Math.Min(size * Growth, BucketReader.MaximumRead), keys.Length - at);
            if (size > 0)
            {
                next = PageAsync(keys[at..(at + size)], newest);
            }

            foreach (string name in names)
            {
                yield return last = name;
            }

            if (size <= 0)
            {
                yield break;
            }

            // A caller that reads on probably needs all names.
            cache.BeginIndex();
            if (cache.Fresh() is { } known)
            {
                foreach (string name in known.Names(parent).Where(name => StringComparer.OrdinalIgnoreCase.Compare(name, last) > 0))
                {
                    yield return name;
                }

                yield break;
            }
        }
    }

    private async Task<List<string>> PageAsync(string[] keys, ulong newest)
    {
        long time = Stopwatch.GetTimestamp();
        if (await reader.GetManyAsync(keys).ConfigureAwait(false) is { IsTooMany: false } page && page.UpTo >= newest)
        {
            Dictionary<string, BucketEntry> found = page.Entries.ToDictionary(entry => entry.Key);
            return Known(keys.Select(found.GetValueOrDefault), time);
        }

        // Servers do not support reading several keys at once, or the nearby server lags behind.
        var entries = new List<BucketEntry?>();
        foreach (string key in keys)
        {
            entries.Add(await reader.GetAsync(key, ReadStop.Token).ConfigureAwait(false));
        }

        return Known(entries, time);
    }

    /// <summary>Returns the names of existing entities, and caches the entries.</summary>
    private List<string> Known(IEnumerable<BucketEntry?> entries, long time)
    {
        var names = new List<string>();
        foreach (BucketEntry? entry in entries)
        {
            if (entry is { Path: { } path, Body: not null })
            {
                cache.Contents.Keep(entry, time);
                names.Add(path.Name);
            }
        }

        return names;
    }
}

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

    /// <summary>Returns the names below a path, sorted.</summary>
    /// <param name="parent">The path; null for operators.</param>
    public IEnumerable<string> Names(EntityPath? parent)
    {
        string filter = BucketKey.Children(parent);
        long time = Stopwatch.GetTimestamp();
        if (BucketStore.Wait(reader.GetAsync(filter, ReadStop.Token)) is not { } last)
        {
            return [];
        }

        if (BucketStore.Wait(reader.GetManyAsync([filter])) is { IsTooMany: false } page && page.UpTo >= last.Revision)
        {
            return [.. Known(page.Entries, time).Order(StringComparer.OrdinalIgnoreCase)];
        }

        // There are more entries than servers return at once. Keys that do not belong to entities are ignored.
        (List<string> keys, ulong newest) = BucketStore.Wait(reader.GetKeysAsync(filter, ReadStop.Token));
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

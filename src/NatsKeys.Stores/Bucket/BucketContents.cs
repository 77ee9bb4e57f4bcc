namespace NatsKeys.Bucket;

/// <summary>
/// The contents of entities that were read last, by their revision, which never changes. The oldest half goes when there are too many, so a large
/// bucket needs no more memory than a small one.
/// </summary>
internal sealed class BucketContents
{
    private const int MostInHalf = 2048;
    private readonly Lock changing = new();
    private Dictionary<string, (ulong Revision, byte[] Body)> newer = [];
    private Dictionary<string, (ulong Revision, byte[] Body)> older = [];

    /// <summary>The content of a key at a revision; null where it is not kept.</summary>
    public byte[]? Find(string key, ulong revision)
    {
        lock (changing)
        {
            return (newer.TryGetValue(key, out (ulong Revision, byte[] Body) kept) || older.TryGetValue(key, out kept)) && kept.Revision == revision
                ? kept.Body
                : null;
        }
    }

    public void Keep(string key, ulong revision, byte[] body)
    {
        lock (changing)
        {
            if (newer.Count >= MostInHalf)
            {
                (older, newer) = (newer, []);
            }

            newer[key] = (revision, body);
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
}

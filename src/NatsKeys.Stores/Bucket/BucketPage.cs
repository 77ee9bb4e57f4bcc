namespace NatsKeys.Bucket;

/// <summary>Several entries that a server returned at once.</summary>
/// <param name="Entries">The entries, in the order of their revisions.</param>
/// <param name="UpTo">The revision up to which the answer is complete; 0 if unknown.</param>
/// <param name="IsTooMany">Whether there are more entries than servers return at once, so that none were returned.</param>
internal sealed record BucketPage(IReadOnlyList<BucketEntry> Entries, ulong UpTo, bool IsTooMany);

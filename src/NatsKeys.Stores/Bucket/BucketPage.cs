namespace NatsKeys.Bucket;

/// <summary>Several entries that one server gave at once.</summary>
/// <param name="Entries">The entries, in the order in which they were written.</param>
/// <param name="UpTo">The revision up to which the server knew everything when it answered; 0 where it did not say.</param>
/// <param name="IsTooMany">Whether there are more than servers give at once, and they gave none.</param>
internal sealed record BucketPage(IReadOnlyList<BucketEntry> Entries, ulong UpTo, bool IsTooMany);

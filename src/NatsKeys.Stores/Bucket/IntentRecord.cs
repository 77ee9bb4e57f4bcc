namespace NatsKeys.Bucket;

/// <summary>What a machine does beside a change of a bucket.</summary>
/// <param name="Bucket">The identity of the bucket, as one that was made anew is another one.</param>
/// <param name="Change">The identifier of the change.</param>
/// <param name="Added">The public keys of private keys that are kept for it alone.</param>
/// <param name="Entities">The keys of the entities that it writes, in the bucket.</param>
/// <param name="Steps">What follows it.</param>
internal sealed record IntentRecord(
    string Bucket, string Change, IReadOnlyList<string> Added, IReadOnlyList<string> Entities, IReadOnlyList<LocalStep> Steps);

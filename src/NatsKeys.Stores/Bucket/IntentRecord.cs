namespace NatsKeys.Bucket;

/// <summary>The work of one machine for a change of a bucket, apart from the change itself.</summary>
/// <param name="Bucket">The identity of the bucket. It differs from that of a deleted bucket of the same name.</param>
/// <param name="Change">The identifier of the change.</param>
/// <param name="Added">The public keys of the private keys that are stored only for the change.</param>
/// <param name="Entities">The bucket keys of the entities that the change writes.</param>
/// <param name="Steps">The steps that follow the change.</param>
internal sealed record IntentRecord(
    string Bucket, string Change, IReadOnlyList<string> Added, IReadOnlyList<string> Entities, IReadOnlyList<LocalStep> Steps);

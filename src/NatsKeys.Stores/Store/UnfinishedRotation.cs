namespace NatsKeys.Store;

/// <summary>A rotation that has begun and is not finished. It says which key takes the place of the old one.</summary>
/// <param name="Owner">The operator or account.</param>
/// <param name="OldKey">The public key that leaves.</param>
/// <param name="NewKey">The public key that takes its place.</param>
internal sealed record UnfinishedRotation(EntityPath Owner, string OldKey, string NewKey)
{
    /// <summary>Whether users get new keys of their own.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>
    /// Whether the store owes nothing more, and only servers do not know the new key yet. It is noted of system accounts alone: whoever tells servers
    /// of the new key needs the old one to be let in.
    /// </summary>
    public bool AwaitsServers { get; init; }
}

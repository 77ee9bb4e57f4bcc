namespace NatsKeys.Store;

/// <summary>The stored record of a rotation that is in progress: which key replaces the old one.</summary>
/// <param name="Owner">The operator or account.</param>
/// <param name="OldKey">The old public key.</param>
/// <param name="NewKey">The new public key.</param>
internal sealed record RotationRecord(EntityPath Owner, string OldKey, string NewKey)
{
    /// <summary>Whether users get new keys.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>
    /// Whether the store is finished and only the servers lack the new key. Only rotations of system accounts have this state: publishing the new key
    /// requires a connection whose user the old key signed.
    /// </summary>
    public bool AwaitsServers { get; init; }
}

using NatsKeys.Store;

namespace NatsKeys.Rotation;

/// <summary>A rotation that has begun and that something is still owed of. It says which key takes the place of the old one.</summary>
/// <param name="Owner">The operator or account.</param>
/// <param name="OldKey">The public key that leaves.</param>
/// <param name="NewKey">The public key that takes its place.</param>
internal sealed record UnfinishedRotation(EntityPath Owner, string OldKey, string NewKey)
{
    /// <summary>Whether users get new keys of their own.</summary>
    public bool NewUserKeys { get; init; }
}

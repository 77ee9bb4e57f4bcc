using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>One thing in a backup. What it holds is cleared when the next one is asked for.</summary>
internal abstract record BackupEntry
{
    private BackupEntry()
    {
    }

    /// <summary>The file of an entity.</summary>
    internal sealed record Entity(EntityPath Path, byte[] Text) : BackupEntry;

    /// <summary>A key pair.</summary>
    internal sealed record Key(NatsKeyPair Pair) : BackupEntry;

    /// <summary>Records of rotations that are not finished.</summary>
    internal sealed record Rotations(IReadOnlyList<RotationRecord> Records) : BackupEntry;

    /// <summary>Credentials that the key root keeps.</summary>
    internal sealed record Credential(EntityPath User, byte[] Content) : BackupEntry;
}

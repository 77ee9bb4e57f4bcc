using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>One entry of a backup. Its content is cleared when the next entry is read.</summary>
internal abstract record BackupEntry
{
    private BackupEntry()
    {
    }

    /// <summary>The file of an entity.</summary>
    internal sealed record Entity(EntityPath Path, byte[] Text) : BackupEntry;

    /// <summary>A key pair.</summary>
    internal sealed record Key(NatsKeyPair Pair) : BackupEntry;

    /// <summary>Records of unfinished rotations.</summary>
    internal sealed record Rotations(IReadOnlyList<RotationRecord> Records) : BackupEntry;

    /// <summary>Credentials from the key root.</summary>
    internal sealed record Credential(EntityPath User, byte[] Content) : BackupEntry;
}

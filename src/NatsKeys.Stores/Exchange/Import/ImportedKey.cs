using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>A key to import from a key file or from credentials.</summary>
internal class ImportedKey(NatsStore store, string file) : ImportItem(store, file)
{
    private string? publicKey;

    public override bool IsNeeded()
    {
        using NatsKeyPair key = ReadNamed();
        if (!Store.Keys.Contains(key.PublicKey))
        {
            return true;
        }

        // Throws if the key store holds another key under this public key.
        using NatsKeyPair? kept = Store.Keys.Find(key.PublicKey);
        return kept is null;
    }

    public override NatsEntity? Import(CancellationToken cancellation = default)
    {
        using NatsKeyPair key = ReadNamed();
        Store.Keys.Add(key, cancellation);
        return null;
    }

    public override string ToString() => publicKey is null ? File : $"key {publicKey}";

    private NatsKeyPair ReadNamed()
    {
        NatsKeyPair key = Read();
        publicKey = key.PublicKey;
        return key;
    }

    /// <summary>Reads the key. The caller disposes it.</summary>
    private protected virtual NatsKeyPair Read()
    {
        NatsKeyPair key = SeedFile.Read(File);
        string name = System.IO.Path.GetFileNameWithoutExtension(File);
        NatsKeysException? fault =
            !key.HasSeed ? SourceFault.Of(ErrorCode.PublicKeyOnly, File, "It holds only a public key, not a seed")
            : PublicNkey.TryGetType(name, out _)
                && name != key.PublicKey ? SourceFault.Of(
                    ErrorCode.KeyConflict, File, $"It holds the seed of {key.PublicKey}, not of the key in its file name")
            : null;
        if (fault is not null)
        {
            key.Dispose();
            throw fault;
        }

        return key;
    }
}

using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>A source that gives seeds. One that is another key's than it should be is an error, and never used.</summary>
/// <param name="name">Its name.</param>
internal abstract class SeedSource(string name) : KeySource(name)
{
    /// <inheritdoc/>
    public override bool HoldsSeeds => true;

    /// <inheritdoc/>
    public sealed override ISigner? Find(string publicKey, CancellationToken cancellation)
    {
        NatsKeyPair? key = Read(publicKey);
        if (key is null || key.PublicKey == publicKey)
        {
            return key;
        }

        string found = key.PublicKey;
        key.Dispose();
        return IsFor(publicKey) ? throw Fault(
            ErrorCode.KeyConflict, $"It should hold the seed of {publicKey}, but holds the seed of {found}.") : null;
    }

    /// <summary>Whether what <see cref="Read"/> gives for a public key has to be its seed.</summary>
    /// <param name="publicKey">The public key.</param>
    protected abstract bool IsFor(string publicKey);

    /// <summary>Reads the seed that may be that of a public key; null when there is none.</summary>
    /// <param name="publicKey">The public key.</param>
    protected abstract NatsKeyPair? Read(string publicKey);

    /// <summary>The key of a text that should be a seed.</summary>
    protected NatsKeyPair Parse(ReadOnlySpan<char> text)
    {
        try
        {
            return NatsKeyPair.FromSeed(text);
        }
        catch (NatsKeysException error)
        {
            throw Fault(ErrorCode.KeySourceFailed, error.Message, error);
        }
    }
}

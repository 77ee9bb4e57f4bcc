using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>A key source that returns seeds. A seed of another key is never used, and is an error if it must belong to the requested key.</summary>
/// <param name="name">The name of the source.</param>
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

    /// <summary>Whether a seed that <see cref="Read"/> returns for a public key must be the seed of that key.</summary>
    /// <param name="publicKey">The public key.</param>
    protected abstract bool IsFor(string publicKey);

    /// <summary>Reads a seed that may belong to a public key; null if there is none.</summary>
    /// <param name="publicKey">The public key.</param>
    protected abstract NatsKeyPair? Read(string publicKey);

    /// <summary>Parses a seed.</summary>
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

using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>The key root of a store, as the first key source.</summary>
/// <param name="keys">The key root.</param>
internal sealed class KeyRootSource(KeyStore keys) : KeySource(SourceName)
{
    /// <summary>The source name of every key root. No other source may have it.</summary>
    public const string SourceName = "KeyRoot";

    /// <inheritdoc/>
    public override KeySourceKind Kind => KeySourceKind.KeyRoot;

    /// <inheritdoc/>
    public override string Location => keys.Location;

    /// <inheritdoc/>
    public override bool HoldsSeeds => true;

    /// <inheritdoc/>
    public override ISigner? Find(string publicKey, CancellationToken cancellation) => keys.Find(publicKey);

    private protected override string Description => $"key store {Location}";
}

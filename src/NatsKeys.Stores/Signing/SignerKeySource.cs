using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>A key source that signs with one key without revealing it. Every signature is verified.</summary>
internal sealed class SignerKeySource : KeySource
{
    private const int ShownLetters = 12;
    private readonly string publicKey;
    private readonly Func<byte[], CancellationToken, byte[]> sign;

    /// <summary>Creates a source for a function that signs.</summary>
    /// <param name="kind">The kind of the source.</param>
    /// <param name="publicKey">The public key that verifies the signatures.</param>
    /// <param name="sign">The function.</param>
    /// <param name="location">The location of the source, for display.</param>
    /// <param name="name">The name of the source; by default, the first letters of the public key.</param>
    /// <exception cref="NatsKeysException">The name is invalid, or the public key is invalid or cannot sign.</exception>
    public SignerKeySource(KeySourceKind kind, string publicKey, Func<byte[], CancellationToken, byte[]> sign, string location, string? name = null)
        : this(kind, NatsKeyPair.FromPublicKey(publicKey), sign, location, name)
    {
    }

    private SignerKeySource(KeySourceKind kind, NatsKeyPair key, Func<byte[], CancellationToken, byte[]> sign, string location, string? name)
        : base(name ?? key.PublicKey[..ShownLetters])
    {
        publicKey = key.Type == NatsKeyType.Curve
            ? throw new NatsKeysException(ErrorCode.InvalidCurveKeyOperation, $"Key {key.PublicKey} is a curve key. Curve keys cannot sign.")
            : key.PublicKey;
        this.sign = sign;
        Kind = kind;
        Location = location;
    }

    /// <inheritdoc/>
    public override KeySourceKind Kind { get; }

    /// <inheritdoc/>
    public override string Location { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> PublicKeys => new PrintableList<string>([publicKey]);

    /// <inheritdoc/>
    public override ISigner? Find(string publicKey, CancellationToken cancellation) =>
        publicKey == this.publicKey ? new ExternalSigner(publicKey, data => sign(data, cancellation), $"The {Description}") : null;
}

using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>
/// A source of private keys. It returns seeds, or it signs without revealing the keys. Its keys are never written anywhere.
/// </summary>
public abstract class KeySource
{
    /// <summary>Creates a key source.</summary>
    /// <param name="name">The name of the source.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: the name is empty or looks like a seed.</exception>
    protected KeySource(string name) => Name = RequireName(name, "key source");

    /// <summary>The name of the source.</summary>
    public string Name { get; }

    /// <summary>The kind of the source.</summary>
    public abstract KeySourceKind Kind { get; }

    /// <summary>The location of the source, for display. It contains no secret.</summary>
    public abstract string Location { get; }

    /// <summary>The public keys whose private keys the source is known to have. It may have others.</summary>
    public virtual IReadOnlyList<string> PublicKeys => new PrintableList<string>([]);

    /// <summary>Whether it returns seeds, rather than only signatures.</summary>
    public virtual bool HoldsSeeds => false;

    /// <summary>
    /// Returns the signer of a public key; null if this source does not have it. The caller disposes it if it is a <see cref="NatsKeyPair"/>.
    /// </summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="cancellation">Cancels the wait for a source that does not respond, now or when it signs.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeySourceFailed"/>: the source is not available, or contains something that is not a seed;
    /// <see cref="ErrorCode.KeyConflict"/>: it contains the seed of another key where the seed of this key should be.
    /// </exception>
    public abstract ISigner? Find(string publicKey, CancellationToken cancellation);

    /// <summary>Returns the name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name);

    /// <summary>The source and its location, for messages, to be preceded by an article.</summary>
    private protected virtual string Description => $"key source '{Name}' ({Location})";

    /// <summary>Describes the source and its location, for messages.</summary>
    internal string Describe() => $"the {Description}";

    /// <summary>Creates an error of this source.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="reason">The reason, as a sentence.</param>
    /// <param name="inner">The underlying error, if any.</param>
    protected NatsKeysException Fault(ErrorCode code, string reason, Exception? inner = null) =>
        new(code, $"The {Description} cannot be used. {reason}", inner);

    /// <summary>Refuses an invalid name. Above all, it must not be a seed, because names are displayed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">The kind of object that is named.</param>
    protected static string RequireName(string name, string what) =>
        string.IsNullOrWhiteSpace(name) || NatsKeyPair.IsSeed(name) || SecretShape.HasSeed(name)
        ? throw new NatsKeysException(ErrorCode.InvalidName, $"{SecretShape.Show(name)} cannot be the name of a {what}.")
        : name.Trim();
}

using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>
/// A place that private keys come from: it gives their seeds, or it signs with them and keeps them. Nothing of it is written anywhere.
/// </summary>
public abstract class KeySource
{
    /// <summary>Begins a source.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: the name is empty, or a text like a seed.</exception>
    protected KeySource(string name) => Name = RequireName(name, "key source");

    /// <summary>The name by which it is known.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public abstract KeySourceKind Kind { get; }

    /// <summary>For people: where it is. It names no secret.</summary>
    public abstract string Location { get; }

    /// <summary>The public keys of which it says itself that it has their private keys; it may have others.</summary>
    public virtual IReadOnlyList<string> PublicKeys => new PrintableList<string>([]);

    /// <summary>Whether it gives seeds, rather than signatures alone.</summary>
    public virtual bool HoldsSeeds => false;

    /// <summary>
    /// What signs for a public key; null when this source does not have it. A <see cref="NatsKeyPair"/> is the caller's to dispose.
    /// </summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="cancellation">Ends the wait for a source that does not answer, now or when it signs.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeySourceFailed"/>: it cannot be asked, or holds something else than a seed; <see cref="ErrorCode.KeyConflict"/>: it
    /// holds the seed of another key where that of this one should be.
    /// </exception>
    public abstract ISigner? Find(string publicKey, CancellationToken cancellation);

    /// <summary>The name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name);

    /// <summary>For messages, behind an article: which source it is, and where.</summary>
    private protected virtual string Description => $"key source '{Name}' ({Location})";

    /// <summary>For messages: which source it is, and where.</summary>
    internal string Describe() => $"the {Description}";

    /// <summary>An error of this source.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="reason">Why, as a sentence.</param>
    /// <param name="inner">The error beneath, if any.</param>
    protected NatsKeysException Fault(ErrorCode code, string reason, Exception? inner = null) =>
        new(code, $"The {Description} cannot be used. {reason}", inner);

    /// <summary>Refuses what is no name, above all a seed that stands in its place: names are shown.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it names.</param>
    protected static string RequireName(string name, string what) =>
        string.IsNullOrWhiteSpace(name) || NatsKeyPair.IsSeed(name) || SecretShape.HasSeed(name)
        ? throw new NatsKeysException(ErrorCode.InvalidName, $"{SecretShape.Show(name)} cannot be the name of a {what}.")
        : name.Trim();
}

using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Keys in a key root: a public key or wildcard, a key pair, a signing key, or an entity, which stands for its identity key and its signing keys.
/// </summary>
public sealed class AvailableKeyArgument : IArgument
{
    private readonly NatsEntity? owner;

    // Null for an entity, whose current keys are read later.
    private readonly string? text;

    /// <summary>Creates the argument from a public key or a wildcard.</summary>
    /// <param name="text">The text.</param>
    public AvailableKeyArgument(string text) => this.text = text;

    /// <summary>Creates the argument from a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public AvailableKeyArgument(NatsKeyPair key) => text = key.PublicKey;

    /// <summary>Creates the argument from a signing key. Its key root is that of its own store.</summary>
    /// <param name="key">The signing key.</param>
    public AvailableKeyArgument(NatsSigningKey key) => (owner, text) = (key.GetOwner(), key.PublicKey);

    /// <summary>Creates the argument from an entity.</summary>
    /// <param name="owner">The operator, account or user.</param>
    public AvailableKeyArgument(NatsEntity owner) => this.owner = owner;

    /// <summary>The text; null for an object.</summary>
    internal string? Text => owner is null ? text : null;

    NatsStore? IArgument.StoreOfGiven => owner?.Store;

    object IArgument.Given => owner ?? (object)ToString();

    /// <summary>The text, key or entity, for messages.</summary>
    public override string ToString() => text is not null ? SecretShape.Mask(text) : owner!.Path.ToString();

    /// <summary>Gets the store of the key root, and the public keys or the wildcard.</summary>
    internal (NatsStore Store, IEnumerable<string> Names) Resolve(Func<NatsStore> openStore) => text is not null
        ? (owner?.Store ?? openStore(), [text])
        : (owner!.Store, KeysOf(owner.Store.Get(owner.Path)));

    private static IEnumerable<string> KeysOf(NatsEntity entity) =>
        SigningKeyLookup.SigningKeysOf(entity).Select(key => key.PublicKey).Prepend(entity.Subject).OfType<string>();
}

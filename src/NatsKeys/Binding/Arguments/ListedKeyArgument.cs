using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A signing key that an operator or account lists: as an object, by its public key, or by the name of its role.</summary>
public sealed class ListedKeyArgument : IArgument
{
    private readonly NatsSigningKey? signingKey;
    private readonly NatsRotation? rotation;
    private readonly string text;

    /// <summary>Takes a signing key.</summary>
    /// <param name="key">The signing key.</param>
    public ListedKeyArgument(NatsSigningKey key) => (signingKey, text) = (key, key.PublicKey);

    /// <summary>Takes a rotation, which stands for the key that leaves.</summary>
    /// <param name="rotation">The rotation.</param>
    public ListedKeyArgument(NatsRotation rotation) => (this.rotation, text) = (rotation, rotation.OldKey);

    /// <summary>Takes a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public ListedKeyArgument(NatsKeyPair key) => text = key.PublicKey;

    /// <summary>Takes a public key, or the name of a role.</summary>
    /// <param name="text">The text.</param>
    public ListedKeyArgument(string text) => this.text = text;

    /// <summary>The signing key, where it came as an object: it knows its owner even when that does not list it any more.</summary>
    internal NatsSigningKey? SigningKey => signingKey;

    object IArgument.Given => signingKey ?? (object?)rotation ?? ToString();

    /// <summary>The public key or the role.</summary>
    public override string ToString() => SecretShape.Mask(text);

    /// <summary>The owner in its newest state, and the public key.</summary>
    /// <param name="owner">The operator or account that was named; null where the store is searched.</param>
    /// <param name="openStore">Gives the store.</param>
    /// <param name="choice">Which key is meant while that of the role is rotated.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: nobody lists it; or <see cref="ErrorCode.EntityAmbiguous"/>.
    /// </exception>
    internal (NatsEntity Owner, string PublicKey) Resolve(NatsEntity? owner, Func<NatsStore> openStore, RoleChoice choice)
    {
        if (owner is not null)
        {
            return (owner, SigningKeyLookup.KeyOf(owner, text, choice));
        }

        if (signingKey is not null)
        {
            return (signingKey.Store.Get(signingKey.GetOwner().Path), text);
        }

        return rotation?.Store is { } store ? (store.Get(rotation.Owner), text) : openStore().FindListedKey(text, choice);
    }
}

using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A signing key in the list of an operator or account: an object, its public key, or the name of its role.</summary>
public sealed class ListedKeyArgument : IArgument
{
    private readonly NatsSigningKey? signingKey;
    private readonly NatsRotation? rotation;
    private readonly string text;

    /// <summary>Creates the argument from a signing key.</summary>
    /// <param name="key">The signing key.</param>
    public ListedKeyArgument(NatsSigningKey key) => (signingKey, text) = (key, key.PublicKey);

    /// <summary>Creates the argument from a rotation: its old key.</summary>
    /// <param name="rotation">The rotation.</param>
    public ListedKeyArgument(NatsRotation rotation) => (this.rotation, text) = (rotation, rotation.OldKey);

    /// <summary>Creates the argument from a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public ListedKeyArgument(NatsKeyPair key) => text = key.PublicKey;

    /// <summary>Creates the argument from a public key, or the name of a role.</summary>
    /// <param name="text">The text.</param>
    public ListedKeyArgument(string text) => this.text = text;

    /// <summary>The signing key object; null for none. It has its owner, even if the owner no longer lists it.</summary>
    internal NatsSigningKey? SigningKey => signingKey;

    NatsStore? IArgument.StoreOfGiven => signingKey?.Store ?? rotation?.Store;

    object IArgument.Given => signingKey ?? (object?)rotation ?? ToString();

    /// <summary>The public key or the role.</summary>
    public override string ToString() => SecretShape.Mask(text);

    /// <summary>Gets the owner in its current state, and the public key.</summary>
    /// <param name="owner">The operator or account; null to search the store.</param>
    /// <param name="openStore">Returns the store.</param>
    /// <param name="choice">The key to select while the role's key is rotated.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: no entity lists it. Or <see cref="ErrorCode.EntityAmbiguous"/>.
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

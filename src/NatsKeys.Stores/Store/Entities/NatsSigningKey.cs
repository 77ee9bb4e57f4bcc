using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>A key that signs in the place of an operator or account, which lists it.</summary>
public sealed class NatsSigningKey
{
    private readonly NatsEntity owner;

    internal NatsSigningKey(NatsEntity owner, string publicKey, AccountSigningKey? scope = null, NatsKeyPair? keyPair = null)
    {
        this.owner = owner;
        PublicKey = publicKey;
        Scope = scope;
        KeyPair = keyPair;
    }

    /// <summary>The name of its owner.</summary>
    public string OwnerName => owner.Name;

    /// <summary>What its owner is.</summary>
    public EntityKind OwnerKind => owner.Kind;

    /// <summary>The public key.</summary>
    public string PublicKey { get; }

    /// <summary>Whether users that it signs have the permissions of its template.</summary>
    public bool IsScoped => Scope is not null;

    /// <summary>The role's name; null when it is not scoped.</summary>
    public string? Role => Scope?.Role;

    /// <summary>What users that it signs may do; null when it is not scoped.</summary>
    public UserPermissions? Template => Scope?.Template;

    /// <summary>A description for people.</summary>
    public string? Description => Scope?.Description;

    /// <summary>The key pair, where it was generated or given just now.</summary>
    public NatsKeyPair? KeyPair { get; }

    /// <summary>The store of its owner.</summary>
    public NatsStore Store => owner.Store;

    /// <summary>
    /// The operator or account that lists it. Not a property: the owner has all its keys, and what writes an object as JSON would never end.
    /// </summary>
    public NatsEntity GetOwner() => owner;

    internal AccountSigningKey? Scope { get; }

    /// <summary>The public key.</summary>
    public override string ToString() => PublicKey;
}

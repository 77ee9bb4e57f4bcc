using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>A signing key that an operator or account lists.</summary>
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

    /// <summary>What its owner is: <c>Operator</c> or <c>Account</c>.</summary>
    public string OwnerKind => owner.Kind;

    /// <summary>The public key.</summary>
    public string PublicKey { get; }

    /// <summary>Whether users that it signs have the permissions of its template.</summary>
    public bool IsScoped => Scope is not null;

    /// <summary>The role's name; null when it is not scoped.</summary>
    public string? Role => Scope?.Role;

    /// <summary>A description for people.</summary>
    public string? Description => Scope?.Description;

    /// <summary>What users that it signs may publish, for people; null when it is not scoped.</summary>
    public string? Publish => Template is null ? null : ClaimSummary.Of(Template.Pub);

    /// <summary>What users that it signs may subscribe to, for people; null when it is not scoped.</summary>
    public string? Subscribe => Template is null ? null : ClaimSummary.Of(Template.Sub);

    /// <summary>How users that it signs may answer requests, for people; null when it is not scoped.</summary>
    public string? Responses => Template is null ? null : ClaimSummary.Of(Template.Resp);

    /// <summary>Whether the tokens of users that it signs alone let their bearers in; null when it is not scoped.</summary>
    public bool? BearerToken => Template?.BearerToken;

    /// <summary>Whether users that it signs must come through a trusted proxy; null when it is not scoped.</summary>
    public bool? ProxyRequired => Template?.ProxyRequired;

    /// <summary>The largest message of users that it signs, in bytes; -1 is no limit, null when it is not scoped.</summary>
    public long? MaxPayload => Template?.Payload;

    /// <summary>Bytes of users that it signs; -1 is no limit, null when it is not scoped. Servers do not enforce it.</summary>
    public long? MaxData => Template?.Data;

    /// <summary>Subscriptions of users that it signs; -1 is no limit, null when it is not scoped.</summary>
    public long? MaxSubscriptions => Template?.Subs;

    /// <summary>The networks from which users that it signs may connect; any when empty.</summary>
    public IReadOnlyList<string> SourceNetworks => new PrintableList<string>(Template?.Src ?? []);

    /// <summary>The times of the day at which users that it signs may be connected; any when empty.</summary>
    public IReadOnlyList<string> Times => ClaimSummary.Of(Template?.Times ?? []);

    /// <summary>The IANA zone of <see cref="Times"/>; null for the server's.</summary>
    public string? TimeZone => Template?.TimesLocation;

    /// <summary>The ways in which users that it signs may connect; any when empty.</summary>
    public IReadOnlyList<string> ConnectionTypes => new PrintableList<string>(Template?.AllowedConnectionTypes ?? []);

    /// <summary>What users that it signs may do; null when it is not scoped.</summary>
    public UserPermissions? GetTemplate() => Template;

    /// <summary>The key pair, where it was generated or given just now.</summary>
    public NatsKeyPair? GetKeyPair() => KeyPair;

    /// <summary>The store of its owner.</summary>
    public NatsStore GetStore() => owner.Store;

    internal UserPermissions? Template => Scope?.Template;

    internal NatsKeyPair? KeyPair { get; }

    internal NatsStore Store => owner.Store;

    /// <summary>
    /// The operator or account that lists the key. This is not a property, because the owner contains all its keys: JSON would be endless.
    /// </summary>
    public NatsEntity GetOwner() => owner;

    internal AccountSigningKey? Scope { get; }

    /// <summary>The public key.</summary>
    public override string ToString() => PublicKey;
}

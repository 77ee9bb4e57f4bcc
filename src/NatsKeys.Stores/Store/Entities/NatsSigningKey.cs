using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Represents a signing key that an operator or account lists.</summary>
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

    /// <summary>The kind of its owner: <c>Operator</c> or <c>Account</c>.</summary>
    public string OwnerKind => owner.Kind;

    /// <summary>The public key.</summary>
    public string PublicKey { get; }

    /// <summary>Whether it has a scope: users that it signs get the permissions of its template.</summary>
    public bool IsScoped => Scope is not null;

    /// <summary>The role's name; null when it is not scoped.</summary>
    public string? Role => Scope?.Role;

    /// <summary>A description for people.</summary>
    public string? Description => Scope?.Description;

    /// <summary>The publish permissions of users that it signs, as readable text; null when it is not scoped.</summary>
    public string? Publish => Template is null ? null : ClaimSummary.Of(Template.Pub);

    /// <summary>The subscribe permissions of users that it signs, as readable text; null when it is not scoped.</summary>
    public string? Subscribe => Template is null ? null : ClaimSummary.Of(Template.Sub);

    /// <summary>The response permissions of users that it signs, as readable text; null when it is not scoped.</summary>
    public string? Responses => Template is null ? null : ClaimSummary.Of(Template.Resp);

    /// <summary>Whether users that it signs are bearers, who connect with the token alone; null when it is not scoped.</summary>
    public bool? BearerToken => Template?.BearerToken;

    /// <summary>Whether users that it signs must connect through a trusted proxy; null when it is not scoped.</summary>
    public bool? ProxyRequired => Template?.ProxyRequired;

    /// <summary>
    /// The largest message of users that it signs, in bytes: a number, <see cref="NatsLimit.Unlimited"/>, or null when it is not scoped.
    /// </summary>
    public object? MaxPayload => Template is null ? null : LimitValues.Of(Template.Payload);

    /// <summary>
    /// Data limit of users that it signs, in bytes: a number, <see cref="NatsLimit.Unlimited"/>, or null when it is not scoped. Servers do not
    /// enforce it.
    /// </summary>
    public object? MaxData => Template is null ? null : LimitValues.Of(Template.Data);

    /// <summary>Subscriptions of users that it signs: a number, <see cref="NatsLimit.Unlimited"/>, or null when it is not scoped.</summary>
    public object? MaxSubscriptions => Template is null ? null : LimitValues.Of(Template.Subs);

    /// <summary>The networks from which users that it signs may connect; empty for any.</summary>
    public IReadOnlyList<string> SourceNetworks => new PrintableList<string>(Template?.Src ?? []);

    /// <summary>The times of day at which users that it signs may be connected; empty for any.</summary>
    public IReadOnlyList<string> Times => ClaimSummary.Of(Template?.Times ?? []);

    /// <summary>The IANA time zone of <see cref="Times"/>; null for the server's.</summary>
    public string? TimeZone => Template?.TimesLocation;

    /// <summary>The connection types that users that it signs may use; empty for any.</summary>
    public IReadOnlyList<string> ConnectionTypes => new PrintableList<string>(Template?.AllowedConnectionTypes ?? []);

    /// <summary>Gets the permissions of users that it signs; null when it is not scoped.</summary>
    public UserPermissions? GetTemplate() => Template;

    /// <summary>Gets the key pair, if it was just generated or passed in.</summary>
    public NatsKeyPair? GetKeyPair() => KeyPair;

    /// <summary>Gets the store of its owner.</summary>
    public NatsStore GetStore() => owner.Store;

    internal UserPermissions? Template => Scope?.Template;

    internal NatsKeyPair? KeyPair { get; }

    internal NatsStore Store => owner.Store;

    /// <summary>
    /// Gets the operator or account that lists the key. This is not a property, because the owner contains all its keys and serializing to JSON would
    /// never end.
    /// </summary>
    public NatsEntity GetOwner() => owner;

    internal AccountSigningKey? Scope { get; }

    /// <summary>Returns the public key.</summary>
    public override string ToString() => PublicKey;
}

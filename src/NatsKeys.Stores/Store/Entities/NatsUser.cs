using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>Represents a user of an account.</summary>
public sealed class NatsUser : NatsEntity
{
    internal NatsUser(NatsStore store, EntityPath path, EntityDocument document, NatsEntity? parent, ClaimSet? edited)
        : base(store, path, document, parent, edited)
    {
    }

    /// <inheritdoc/>
    public override string Name => base.Name;

    /// <summary>The name of its operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>The name of its account.</summary>
    public string Account => Path.Account!;

    /// <summary>The public key of its account, whether the account's identity key or one of its signing keys is the issuer.</summary>
    public string? IssuerAccount => Claims.IssuerAccount ?? Issuer;

    /// <summary>Its account.</summary>
    internal override NatsAccount Parent => (NatsAccount)base.Parent;

    /// <summary>The permissions in its own token. They are empty for a user of a scoped signing key, who has those of the template instead.</summary>
    internal UserPermissions Permissions => Claims.Permissions;

    /// <summary>Whether the user connects with the token alone, without proving its identity.</summary>
    public bool BearerToken => Allowed.BearerToken;

    /// <summary>Whether it must connect through a trusted proxy.</summary>
    public bool ProxyRequired => Allowed.ProxyRequired;

    /// <summary>The publish permissions, as readable text.</summary>
    public string Publish => ClaimSummary.Of(Allowed.Pub);

    /// <summary>The subscribe permissions, as readable text.</summary>
    public string Subscribe => ClaimSummary.Of(Allowed.Sub);

    /// <summary>The response permissions, as readable text.</summary>
    public string Responses => ClaimSummary.Of(Allowed.Resp);

    /// <summary>The subjects to which it may publish; if empty, all that are not denied.</summary>
    public IReadOnlyList<string> AllowPublish => new PrintableList<string>(Allowed.Pub.Allow);

    /// <summary>The subjects to which it may not publish.</summary>
    public IReadOnlyList<string> DenyPublish => new PrintableList<string>(Allowed.Pub.Deny);

    /// <summary>The subjects to which it may subscribe; if empty, all that are not denied.</summary>
    public IReadOnlyList<string> AllowSubscribe => new PrintableList<string>(Allowed.Sub.Allow);

    /// <summary>The subjects to which it may not subscribe.</summary>
    public IReadOnlyList<string> DenySubscribe => new PrintableList<string>(Allowed.Sub.Deny);

    /// <summary>The largest message, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxPayload => LimitValues.Of(Allowed.Payload);

    /// <summary>Data limit, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>. Servers do not enforce it.</summary>
    public object MaxData => LimitValues.Of(Allowed.Data);

    /// <summary>Subscriptions: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxSubscriptions => LimitValues.Of(Allowed.Subs);

    /// <summary>The networks from which it may connect; empty for any.</summary>
    public IReadOnlyList<string> SourceNetworks => new PrintableList<string>(Allowed.Src);

    /// <summary>The connection types that it may use; empty for any.</summary>
    public IReadOnlyList<string> ConnectionTypes => new PrintableList<string>(Allowed.AllowedConnectionTypes);

    /// <summary>The times of day at which it may be connected, such as <c>08:00:00-18:00:00</c>; empty for any.</summary>
    public IReadOnlyList<string> Times => ClaimSummary.Of(Allowed.Times);

    /// <summary>The IANA time zone of <see cref="Times"/>; null for the server's.</summary>
    public string? TimeZone => Allowed.TimesLocation;

    // A user of a role has the role's template, with placeholders that are not expanded.
    private UserPermissions Allowed => Template ?? Permissions;

    /// <summary>The role of the scoped signing key that signed it; null if a plain key signed it.</summary>
    public string? Role => Parent.ScopeOf(Issuer)?.Role;

    /// <summary>The permissions of its role, with placeholders that are not expanded; null if a plain key signed it.</summary>
    internal UserPermissions? Template => Parent.ScopeOf(Issuer)?.Template;

    /// <summary>Its claims.</summary>
    internal UserClaims Claims => (UserClaims)Wanted;

    /// <summary>
    /// Gets the permissions in its own token. They are empty for a user of a scoped signing key, who has those of the template instead.
    /// </summary>
    public UserPermissions GetPermissions() => Permissions;

    /// <summary>Gets the permissions of its role, with placeholders that are not expanded; null if a plain key signed it.</summary>
    public UserPermissions? GetTemplate() => Template;

    internal override IReadOnlyCollection<string> TrustedKeys => [];

    /// <summary>
    /// Whether it has expired or is revoked according to its wanted claims, so that nobody can connect with it whatever its permissions.
    /// </summary>
    /// <param name="now">The time.</param>
    internal bool IsOver(DateTimeOffset now) => UnixTime.IsExpired(Wanted.Expires, now.ToUnixTimeSeconds()) || IsRevoked(Wanted);

    /// <summary>Whether a key of its account signed it or will sign it. Servers reject all other users.</summary>
    internal bool IsOfItsAccount => Issuer is not { } issuer || Parent.TrustedKeys.Contains(issuer);

    internal override bool IsRevoked(ClaimSet claims) => Revocations.IsRevoked(Parent.Claims.Revocations, claims);

    internal override IReadOnlyCollection<string> TrustedIssuers => Parent.TrustedKeys;

    internal override SignerFault FaultOf(ClaimSet claims, string? issuer) =>
        Signers.FaultOf(claims, issuer, Parent.Claims, Parent.TrustedKeys);
}

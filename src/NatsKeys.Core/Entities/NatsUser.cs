using NatsKeys.Claims;
using NatsKeys.Store;
using NatsKeys.Validation;

namespace NatsKeys.Entities;

/// <summary>A user of an account.</summary>
public sealed class NatsUser : NatsEntity
{
    internal NatsUser(NatsStore store, EntityPath path, EntityDocument document, NatsEntity? parent)
        : base(store, path, document, parent)
    {
    }

    /// <summary>Everything that it states.</summary>
    public UserClaims Claims => (UserClaims)Wanted;

    /// <summary>The name of its operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>The name of its account.</summary>
    public string Account => Path.Account!;

    /// <summary>The public key of its account, whether the account or one of its signing keys is the issuer.</summary>
    public string? IssuerAccount => Claims.IssuerAccount ?? Issuer;

    /// <summary>What it may do. All empty for a user of a scoped signing key, whose template holds instead.</summary>
    public UserPermissions Permissions => Claims.Permissions;

    /// <summary>Whether the token alone lets its bearer in.</summary>
    public bool BearerToken => Permissions.BearerToken;

    /// <summary>The role of the scoped signing key that signed it; null when a plain key did.</summary>
    public string? Role => ((NatsAccount)Parent).ScopeOf(Issuer)?.Role;

    /// <summary>What the role lets it do, with placeholders as they stand; null when a plain key signed it.</summary>
    public UserPermissions? Template => ((NatsAccount)Parent).ScopeOf(Issuer)?.Template;

    internal override IReadOnlyCollection<string> TrustedKeys => [];

    internal override bool IsRevoked(ClaimSet claims) => Revocations.IsRevoked(((NatsAccount)Parent).Claims.Revocations, claims);

    internal override IReadOnlyCollection<string> TrustedIssuers => Parent.TrustedKeys;
}

using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>An operator: the root of trust, which signs accounts.</summary>
public sealed class NatsOperator : NatsEntity
{
    internal NatsOperator(NatsStore store, EntityPath path, EntityDocument document, ClaimSet? edited)
        : base(store, path, document, parent: null, edited)
    {
    }

    /// <inheritdoc/>
    public override string Name => base.Name;

    /// <summary>The public keys of the keys that sign accounts in its place.</summary>
    public IReadOnlyList<string> SigningKeys => new PrintableList<string>(Claims.SigningKeys);

    /// <summary>The keys that sign accounts in its place.</summary>
    public IReadOnlyList<NatsSigningKey> GetSigningKeys() =>
        new PrintableList<NatsSigningKey>(Claims.SigningKeys.Select(key => new NatsSigningKey(this, key)));

    /// <summary>The name of the system account; its public key where the store does not have it, and null where there is none.</summary>
    public string? SystemAccount => KnownNames.OfAccount(Store, Name, Claims.SystemAccount);

    /// <summary>Where account tokens are published.</summary>
    public string? AccountServerUrl => Claims.AccountServerUrl;

    /// <summary>Addresses of its servers.</summary>
    public IReadOnlyList<string> ServiceUrls => new PrintableList<string>(Claims.OperatorServiceUrls);

    /// <summary>
    /// Where its servers are found: the service URLs; without them the account server, where that is a NATS server, as nsc makes of it.
    /// </summary>
    internal IReadOnlyList<string> ServerUrls
    {
        get
        {
            Uri?[] account = [.. (AccountServerUrl ?? "").Split(',').Select(url => ServerAddress.TryRead(url.Trim(), "nats", "tls", "ws", "wss"))];
            return Claims.OperatorServiceUrls.Count > 0 ? ServiceUrls
                : account.Any(url => url is null) ? []
                : new PrintableList<string>(account.Select(url => url!.OriginalString));
        }
    }

    /// <summary>The oldest version of servers that it wants; null where it does not say.</summary>
    public string? AssertServerVersion => Claims.AssertServerVersion;

    /// <summary>Whether only signing keys may sign accounts and users.</summary>
    public bool RequireSigningKeys => Claims.StrictSigningKeyUsage;

    /// <summary>The accounts and users that identity keys signed: they are not valid while only signing keys may sign.</summary>
    public IEnumerable<NatsEntity> SignedByIdentity() => Store.Children(this).SelectMany(account => account.Issuer == Subject
        ? Store.Children(account).Where(user => user.Issuer == account.Subject).Prepend(account)
        : Store.Children(account).Where(user => user.Issuer == account.Subject));

    /// <summary>Its claims.</summary>
    internal OperatorClaims Claims => (OperatorClaims)Wanted;

    internal override IReadOnlyCollection<string> TrustedKeys => Signers.Of(Claims);

    // The identity key signs the operator's own token, even if strict signing key usage is on.
    internal override IReadOnlyCollection<string> TrustedIssuers => [Subject!];

    internal override SignerFault FaultOf(ClaimSet claims, string? issuer) => issuer == Subject ? SignerFault.None : SignerFault.Issuer;
}

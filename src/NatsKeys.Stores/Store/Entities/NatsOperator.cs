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

    /// <summary>The public keys of its signing keys, which sign accounts instead of its identity key.</summary>
    public IReadOnlyList<string> SigningKeys => new PrintableList<string>(Claims.SigningKeys);

    /// <summary>Gets its signing keys, which sign accounts instead of its identity key.</summary>
    public IReadOnlyList<NatsSigningKey> GetSigningKeys() =>
        new PrintableList<NatsSigningKey>(Claims.SigningKeys.Select(key => new NatsSigningKey(this, key)));

    /// <summary>The name of the system account, or its public key if the store does not have the account; null if there is none.</summary>
    public string? SystemAccount => KnownNames.OfAccount(Store, Name, Claims.SystemAccount);

    /// <summary>The URL of the account server, to which account tokens are published.</summary>
    public string? AccountServerUrl => Claims.AccountServerUrl;

    /// <summary>Addresses of its servers.</summary>
    public IReadOnlyList<string> ServiceUrls => new PrintableList<string>(Claims.OperatorServiceUrls);

    /// <summary>
    /// The URLs of its servers: the service URLs; if there are none, the account server URL if it is that of a NATS server. The tool nsc derives them
    /// in the same way.
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

    /// <summary>The oldest server version that it requires; null if none is stated.</summary>
    public string? AssertServerVersion => Claims.AssertServerVersion;

    /// <summary>Whether only signing keys may sign accounts and users.</summary>
    public bool RequireSigningKeys => Claims.StrictSigningKeyUsage;

    /// <summary>Gets the accounts and users that identity keys signed. They are not valid while only signing keys may sign.</summary>
    public IEnumerable<NatsEntity> SignedByIdentity() => Store.Children(this).SelectMany(account => account.Issuer == Subject
        ? Store.Children(account).Where(user => user.Issuer == account.Subject).Prepend(account)
        : Store.Children(account).Where(user => user.Issuer == account.Subject));

    /// <summary>Its claims.</summary>
    internal OperatorClaims Claims => (OperatorClaims)Wanted;

    /// <summary>The claims of the token, unchecked; the wanted claims if there is no token or it cannot be read.</summary>
    internal OperatorClaims Signed => (OperatorClaims)Document.Signed;

    internal override NatsOperator Draft() => (NatsOperator)base.Draft();

    internal override IReadOnlyCollection<string> TrustedKeys => Signers.Of(Claims);

    // The identity key signs the operator's own token, even if strict signing key usage is on.
    internal override IReadOnlyCollection<string> TrustedIssuers => [Subject!];

    internal override SignerFault FaultOf(ClaimSet claims, string? issuer) => issuer == Subject ? SignerFault.None : SignerFault.Issuer;
}

using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>An account of an operator, which signs users.</summary>
public sealed class NatsAccount : NatsEntity
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> userNames;
    private IReadOnlyCollection<string>? trustedKeys;

    internal NatsAccount(NatsStore store, EntityPath path, EntityDocument document, NatsEntity? parent, ClaimSet? edited)
        : base(store, path, document, parent, edited) => userNames = new(() => KnownNames.OfUsers(this));

    /// <inheritdoc/>
    public override string Name => base.Name;

    /// <summary>The name of its operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>A description for people.</summary>
    public string? Description => Claims.Description;

    /// <summary>Client connections: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxConnections => LimitValues.Of(Limits.Conn);

    /// <summary>Leaf node connections: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxLeafNodes => LimitValues.Of(Limits.Leaf);

    /// <summary>Bytes: a number, or <see cref="NatsLimit.Unlimited"/>. Servers do not enforce it.</summary>
    public object MaxData => LimitValues.Of(Limits.Data);

    /// <summary>The number of exports: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxExports => LimitValues.Of(Limits.Exports);

    /// <summary>The number of imports: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxImports => LimitValues.Of(Limits.Imports);

    /// <summary>The largest message, in bytes: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxPayload => LimitValues.Of(Limits.Payload);

    /// <summary>Subscriptions per connection: a number, or <see cref="NatsLimit.Unlimited"/>.</summary>
    public object MaxSubscriptions => LimitValues.Of(Limits.Subs);

    /// <summary>Whether exports may have wildcards.</summary>
    public bool AllowWildcardExports => Limits.Wildcards;

    /// <summary>Whether bearer users are refused.</summary>
    public bool DisallowBearer => Limits.DisallowBearer;

    /// <summary>The URL of further information; null if none is stated.</summary>
    public string? InfoUrl => Claims.InfoUrl;

    /// <summary>The publish permissions of users without permissions of their own, as readable text.</summary>
    public string DefaultPublish => ClaimSummary.Of(Claims.DefaultPermissions.Pub);

    /// <summary>The subscribe permissions of users without permissions of their own, as readable text.</summary>
    public string DefaultSubscribe => ClaimSummary.Of(Claims.DefaultPermissions.Sub);

    /// <summary>The response permissions of users without permissions of their own, as readable text.</summary>
    public string DefaultResponses => ClaimSummary.Of(Claims.DefaultPermissions.Resp);

    /// <summary>The public keys of its signing keys.</summary>
    public IReadOnlyList<string> SigningKeys => Texts(GetSigningKeys());

    /// <summary>Its roles, each with the public key of its signing key, as readable text.</summary>
    public IReadOnlyList<string> Roles => Texts(Claims.SigningKeys.Where(key => key.IsScoped).Select(key => $"{key.Role}: {key.Key}"));

    /// <summary>Its exports, as readable text.</summary>
    public IReadOnlyList<string> Exports => Texts(GetExports());

    /// <summary>Its imports, as readable text.</summary>
    public IReadOnlyList<string> Imports => Texts(GetImports());

    /// <summary>Its subject mappings, as readable text.</summary>
    public IReadOnlyList<string> SubjectMappings => Texts(GetSubjectMappings());

    /// <summary>Its revocations, as readable text.</summary>
    public IReadOnlyList<string> Revocations => Texts(GetRevocations());

    /// <summary>Its JetStream limits, as readable text; empty while JetStream is off.</summary>
    public IReadOnlyList<string> JetStreamLimits => Texts(GetJetStreamLimits());

    /// <summary>The users that authorize every other connecting user; empty without an authorization callout.</summary>
    public IReadOnlyList<string> AuthCalloutUsers => new PrintableList<string>(GetAuthCallout()?.AuthUsers ?? []);

    /// <summary>The accounts in which the callout may place users; empty if it is only this account.</summary>
    public IReadOnlyList<string> AuthCalloutAccounts => new PrintableList<string>(GetAuthCallout()?.AllowedAccounts ?? []);

    /// <summary>The curve public key with which callout requests are encrypted; null if they are not encrypted.</summary>
    public string? AuthCalloutXkey => GetAuthCallout()?.EncryptionKey;

    /// <summary>The subject to which message traces are sent; null if tracing is off.</summary>
    public string? TraceSubject => Claims.Trace?.Dest;

    /// <summary>The share of messages that is traced, in percent; null if tracing is off.</summary>
    public long? TraceSampling => Claims.Trace?.Sampling;

    /// <summary>The account to which cluster traffic is attributed; null for the default.</summary>
    public string? ClusterTraffic => Claims.ClusterTraffic;

    // PrintableList can be indexed in scripts, unlike the type that the compiler creates for a collection expression whose target is an interface. It
    // also makes CSV files show the items.

    /// <summary>Gets its signing keys.</summary>
    public IReadOnlyList<NatsSigningKey> GetSigningKeys() =>
        new PrintableList<NatsSigningKey>(Claims.SigningKeys.Select(key => new NatsSigningKey(this, key.Key, key.IsScoped ? key : null)));

    /// <summary>Gets its exports.</summary>
    public IReadOnlyList<NatsExport> GetExports() =>
        new PrintableList<NatsExport>(Claims.Exports.Select(export => new NatsExport(this, export)));

    /// <summary>Gets its imports.</summary>
    public IReadOnlyList<NatsImport> GetImports() =>
        new PrintableList<NatsImport>(Claims.Imports.Select(import => new NatsImport(this, import)));

    /// <summary>Gets its subject mappings.</summary>
    public IReadOnlyList<NatsSubjectMapping> GetSubjectMappings() =>
        new PrintableList<NatsSubjectMapping>(
            Claims.Mappings.SelectMany(mapping => mapping.Value.Select(target => new NatsSubjectMapping(this, mapping.Key, target))));

    /// <summary>Gets its revocations of users and of the activations of its exports.</summary>
    public IReadOnlyList<NatsRevocation> GetRevocations() => new PrintableList<NatsRevocation>(Claims.Revocations
        .Select(entry => new NatsRevocation(this, export: null, entry.Key, entry.Value))
        .Concat(GetExports().SelectMany(export => export.Claims.Revocations.Select(entry =>
            new NatsRevocation(this, export, entry.Key, entry.Value)))));

    /// <summary>Gets its JetStream limits: one entry for all streams, or one for each tier; empty while JetStream is off.</summary>
    public IReadOnlyList<NatsJetStreamLimit> GetJetStreamLimits() => new PrintableList<NatsJetStreamLimit>(Limits switch
    {
        { TieredLimits.Count: > 0 } tiered => tiered.TieredLimits.Select(tier => new NatsJetStreamLimit(this, tier.Key, tier.Value)).ToArray(),
        { IsEnabled: true } flat => new[] { new NatsJetStreamLimit(this, tier: null, flat) },
        _ => Array.Empty<NatsJetStreamLimit>(),
    });

    /// <summary>Gets its authorization callout; null if it has none.</summary>
    public NatsAuthCallout? GetAuthCallout() => Claims.Authorization.AuthUsers.Count > 0 ? new NatsAuthCallout(this) : null;

    /// <summary>Its limits.</summary>
    internal AccountLimits Limits => Claims.Limits;

    /// <summary>Its claims.</summary>
    internal AccountClaims Claims => (AccountClaims)Wanted;

    /// <summary>The claims of the token, unchecked; the wanted claims if there is no token or it cannot be read.</summary>
    internal AccountClaims Signed => (AccountClaims)Document.Signed;

    internal override NatsAccount Draft() => (NatsAccount)base.Draft();

    /// <summary>The names of its users by their public keys, without users whose files cannot be read. They are read on first use.</summary>
    internal IReadOnlyDictionary<string, string> UserNames => userNames.Value;

    /// <summary>
    /// Gets the other accounts of its operator, without accounts whose files cannot be read: an error there must not stop work on this account.
    /// </summary>
    internal IEnumerable<NatsAccount> Siblings() =>
        Store.Ahead(Path.Parent, Store.Names(Path.Parent)).Select(Path.Parent!.Child).Where(path => path != Path)
            .Select(Store.FindReadable).OfType<NatsAccount>();

    /// <summary>Whether it is the system account of its operator. Only users of the system account may manage accounts on servers.</summary>
    internal bool IsSystemAccount => !string.IsNullOrEmpty(Subject) && Parent.Claims.SystemAccount == Subject;

    /// <summary>Its operator.</summary>
    internal override NatsOperator Parent => (NatsOperator)base.Parent;

    internal override IReadOnlyCollection<string> TrustedKeys => Claims.IsReadOnly
        ? trustedKeys ??= Signers.Of(Claims, Parent.Claims)
        : Signers.Of(Claims, Parent.Claims);

    internal override IReadOnlyCollection<string> TrustedIssuers => Parent.TrustedKeys;

    internal override SignerFault FaultOf(ClaimSet claims, string? issuer) => Signers.FaultOf(issuer, Parent.Claims);

    /// <summary>Gets the scope of a signing key; null if it has none. If a key has two entries, the last one counts, as on servers.</summary>
    internal AccountSigningKey? ScopeOf(string? publicKey) => Claims.ScopeOf(publicKey);

    private static PrintableList<string> Texts(IEnumerable<object> items) => new(items.Select(item => item.ToString()!));
}

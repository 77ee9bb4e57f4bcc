using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>An account of an operator, which signs users.</summary>
public sealed class NatsAccount : NatsEntity
{
    internal NatsAccount(NatsStore store, EntityPath path, EntityDocument document, NatsEntity? parent, ClaimSet? edited)
        : base(store, path, document, parent, edited)
    {
    }

    /// <summary>The name of its operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>A description for people.</summary>
    public string? Description => Claims.Description;

    /// <summary>Client connections; -1 is no limit.</summary>
    public long MaxConnections => Limits.Conn;

    /// <summary>Leaf node connections; -1 is no limit.</summary>
    public long MaxLeafNodes => Limits.Leaf;

    /// <summary>Bytes; -1 is no limit. Servers do not enforce it.</summary>
    public long MaxData => Limits.Data;

    /// <summary>The number of exports; -1 is no limit.</summary>
    public long MaxExports => Limits.Exports;

    /// <summary>The number of imports; -1 is no limit.</summary>
    public long MaxImports => Limits.Imports;

    /// <summary>The largest message, in bytes; -1 is no limit.</summary>
    public long MaxPayload => Limits.Payload;

    /// <summary>Subscriptions per connection; -1 is no limit.</summary>
    public long MaxSubscriptions => Limits.Subs;

    /// <summary>Whether exports may have wildcards.</summary>
    public bool AllowWildcardExports => Limits.Wildcards;

    /// <summary>Whether bearer users are refused.</summary>
    public bool DisallowBearer => Limits.DisallowBearer;

    // Listings: scripts can index them, unlike what the compiler makes of a collection expression for an interface, and a CSV file shows what
    // stands in them.

    /// <summary>The keys that sign users in its place.</summary>
    public IReadOnlyList<NatsSigningKey> SigningKeys =>
        new PrintableList<NatsSigningKey>(Claims.SigningKeys.Select(key => new NatsSigningKey(this, key.Key, key.IsScoped ? key : null)));

    /// <summary>Its limits.</summary>
    public AccountLimits Limits => Claims.Limits;

    /// <summary>What it offers to other accounts.</summary>
    public IReadOnlyList<NatsExport> Exports => new PrintableList<NatsExport>(Claims.Exports.Select(export => new NatsExport(this, export)));

    /// <summary>What it takes from other accounts.</summary>
    public IReadOnlyList<NatsImport> Imports => new PrintableList<NatsImport>(Claims.Imports.Select(import => new NatsImport(this, import)));

    /// <summary>Where it sends the messages of some of its subjects.</summary>
    public IReadOnlyList<NatsSubjectMapping> SubjectMappings =>
        new PrintableList<NatsSubjectMapping>(
            Claims.Mappings.SelectMany(mapping => mapping.Value.Select(target => new NatsSubjectMapping(this, mapping.Key, target))));

    /// <summary>What it revokes: users, and activations of its exports.</summary>
    public IReadOnlyList<NatsRevocation> Revocations => new PrintableList<NatsRevocation>(Claims.Revocations
        .Select(entry => new NatsRevocation(this, export: null, entry.Key, entry.Value))
        .Concat(Exports.SelectMany(export => export.Claims.Revocations.Select(entry => new NatsRevocation(this, export, entry.Key, entry.Value)))));

    /// <summary>Its JetStream limits: one for all streams, or one for each tier; none while JetStream is off.</summary>
    public IReadOnlyList<NatsJetStreamLimit> JetStreamLimits => new PrintableList<NatsJetStreamLimit>(Limits switch
    {
        { TieredLimits.Count: > 0 } tiered => tiered.TieredLimits.Select(tier => new NatsJetStreamLimit(this, tier.Key, tier.Value)).ToArray(),
        { IsEnabled: true } flat => new[] { new NatsJetStreamLimit(this, tier: null, flat) },
        _ => Array.Empty<NatsJetStreamLimit>(),
    });

    /// <summary>Its authorization callout; null while it has none.</summary>
    public NatsAuthCallout? AuthCallout => Claims.Authorization.AuthUsers.Count > 0 ? new NatsAuthCallout(this) : null;

    /// <summary>Everything that it states.</summary>
    public AccountClaims Claims => (AccountClaims)Wanted;

    /// <summary>
    /// The other accounts of its operator, but for those whose files cannot be read: what is wrong with these stops no work on this one.
    /// </summary>
    internal IEnumerable<NatsAccount> Siblings() =>
        Store.Names(Path.Parent).Select(Path.Parent!.Child).Where(path => path != Path).Select(Store.FindReadable).OfType<NatsAccount>();

    /// <summary>Whether the operator names it as its system account, whose users alone may speak with servers about accounts.</summary>
    internal bool IsSystemAccount => !string.IsNullOrEmpty(Subject) && ((NatsOperator)Parent).SystemAccount == Subject;

    internal override IReadOnlyCollection<string> TrustedKeys => Signers.Of(Claims, ((NatsOperator)Parent).Claims);

    internal override IReadOnlyCollection<string> TrustedIssuers => Parent.TrustedKeys;

    internal override SignerFault FaultOf(ClaimSet claims, string? issuer) => Signers.FaultOf(issuer, ((NatsOperator)Parent).Claims);

    /// <summary>The scope of a signing key; null when it has none. Of two entries for one key the last one stands, as on servers.</summary>
    internal AccountSigningKey? ScopeOf(string? publicKey) => Claims.ScopeOf(publicKey);
}

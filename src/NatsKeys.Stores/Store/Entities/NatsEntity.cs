using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>
/// An operator, account or user as its store had it when it was read. It is read-only, so that several may use it at once. Its public properties
/// are texts, numbers, times, and lists of texts: JSON of an entity is flat. What has members of its own comes from methods.
/// </summary>
public abstract class NatsEntity
{
    private readonly Lazy<string> state;
    private NatsEntity? parent;

    private protected NatsEntity(NatsStore store, EntityPath path, EntityDocument document, NatsEntity? parent, ClaimSet? edited)
    {
        Store = store;
        Path = path;
        Document = document;
        Wanted = edited ?? document.Wanted;
        this.parent = parent;
        state = new Lazy<string>(ComputeState);
    }

    /// <summary>What the entity is: <c>Operator</c>, <c>Account</c> or <c>User</c>.</summary>
    public string Kind => Path.Kind.ToString();

    /// <summary>The name.</summary>
    public string Name => Path.Name;

    /// <summary>The entity's own public key.</summary>
    public string? Subject => Wanted.Subject;

    /// <summary>The public key that signed it, or that shall sign it.</summary>
    public string? Issuer => Wanted.Issuer;

    /// <summary>Whose key the issuer is, as far as the store knows, for people.</summary>
    public string SignedBy => SignerText.Of(this);

    /// <summary>When it was signed; null before that.</summary>
    public DateTimeOffset? IssuedAt => UnixTime.ToDate(Wanted.IssuedAt);

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? Expires => UnixTime.ToDate(Wanted.Expires);

    /// <summary>Before when it is not valid; null for no such time.</summary>
    public DateTimeOffset? NotBefore => UnixTime.ToDate(Wanted.NotBefore);

    /// <summary>For whom it is meant; null where it does not say.</summary>
    public string? Audience => Wanted.Audience;

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Tags => new PrintableList<string>(Wanted.Tags);

    /// <summary>How its file, its token, the time and its parent stand to each other: one of the words of <see cref="EntityState"/>.</summary>
    public string State => state.Value;

    /// <summary>The token; null before it is signed.</summary>
    public string? GetJwt() => Jwt;

    /// <summary>The store that it comes from.</summary>
    public NatsStore GetStore() => Store;

    /// <summary>Its place in the store.</summary>
    public EntityPath GetPath() => Path;

    /// <summary>Everything that it states.</summary>
    public ClaimSet GetClaims() => Wanted;

    internal string? Jwt => Document.Jwt;

    internal NatsStore Store { get; }

    internal EntityPath Path { get; }

    /// <summary>The public keys that may sign what lies below this entity.</summary>
    internal abstract IReadOnlyCollection<string> TrustedKeys { get; }

    /// <summary>The entity above, to look at; an operator is its own.</summary>
    internal NatsEntity Parent =>
        Path.Parent is null ? this : parent ?? Interlocked.CompareExchange(ref parent, Store.GetShared(Path.Parent), null) ?? parent;

    /// <summary>The entity above, to look at; null above an operator.</summary>
    internal NatsEntity? Above => Path.Parent is null ? null : Parent;

    /// <summary>Whether the entity above refuses a token of this one.</summary>
    internal virtual bool IsRevoked(ClaimSet claims) => false;

    /// <summary>What the store keeps of it.</summary>
    internal EntityDocument Document { get; }

    /// <summary>Everything that it states, or shall state once it is signed. Read-only, unless the entity is a draft.</summary>
    internal ClaimSet Wanted { get; }

    /// <summary>The public keys that may have signed this entity.</summary>
    internal abstract IReadOnlyCollection<string> TrustedIssuers { get; }

    /// <summary>What is wrong with the issuer of claims of this entity.</summary>
    internal abstract SignerFault FaultOf(ClaimSet claims, string? issuer);

    /// <summary>The name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name);

    /// <summary>
    /// The same entity with claims of its own that can be changed. It stays with the one who edits, and never becomes what others see.
    /// </summary>
    internal NatsEntity Draft() => Store.Make(Path, Document, parent, (ClaimSet)Wanted.Copy());

    /// <summary>The same entity, read-only, with other claims.</summary>
    internal NatsEntity With(ClaimSet claims) => Store.Make(Path, Document with { Wanted = claims }, parent);

    private string ComputeState()
    {
        if (Jwt is null)
        {
            return EntityState.Unsigned;
        }

        NatsJwt jwt;
        try
        {
            jwt = Document.ReadToken();
        }
        catch (NatsKeysException)
        {
            return EntityState.Untrusted;
        }

        if (!ClaimJson.SameWish(Wanted, jwt.Claims) || Wanted.Issuer != jwt.Issuer)
        {
            return EntityState.Modified;
        }

        if (jwt.Subject != Subject || FaultOf(jwt.Claims, jwt.Issuer) != SignerFault.None)
        {
            return EntityState.Untrusted;
        }

        if (IsRevoked(jwt.Claims))
        {
            return EntityState.Revoked;
        }

        long now = Store.Clock.GetUtcNow().ToUnixTimeSeconds();
        return UnixTime.IsExpired(jwt.Claims.Expires, now) ? EntityState.Expired
            : UnixTime.IsNotYet(jwt.Claims.NotBefore, now) ? EntityState.NotYetValid
            : EntityState.Signed;
    }
}

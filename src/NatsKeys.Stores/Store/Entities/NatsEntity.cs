using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>
/// Represents an operator, account or user, as it was when it was read. It is read-only, so several threads can use it at once. Its public properties
/// are texts, numbers, times and lists of texts, so that its JSON is flat; methods return everything that has members of its own. JSON and CSV list
/// the properties of a class before those of its base class, so each class overrides the name to have it first.
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

    /// <summary>The kind of entity: <c>Operator</c>, <c>Account</c> or <c>User</c>.</summary>
    public string Kind => Path.Kind.ToString();

    /// <summary>The name.</summary>
    public virtual string Name => Path.Name;

    /// <summary>The entity's own public key.</summary>
    public string? Subject => Wanted.Subject;

    /// <summary>The public key that signed it, or that will sign it.</summary>
    public string? Issuer => Wanted.Issuer;

    /// <summary>The name of the issuer, as readable text, if the store knows it.</summary>
    public string SignedBy => SignerName.Of(this);

    /// <summary>When it was signed; null if it was never signed.</summary>
    public DateTimeOffset? IssuedAt => UnixTime.ToDate(Wanted.IssuedAt);

    /// <summary>When it expires; null if it never expires.</summary>
    public DateTimeOffset? Expires => UnixTime.ToDate(Wanted.Expires);

    /// <summary>When it becomes valid; null if it has no such time.</summary>
    public DateTimeOffset? NotBefore => UnixTime.ToDate(Wanted.NotBefore);

    /// <summary>Its audience; null for none.</summary>
    public string? Audience => Wanted.Audience;

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Tags => new PrintableList<string>(Wanted.Tags);

    /// <summary>Its state: one of the words of <see cref="EntityState"/>. It follows from its file, its token, its parent and the time.</summary>
    public string State => state.Value;

    /// <summary>Gets the token; null if the entity was never signed.</summary>
    public string? GetJwt() => Jwt;

    /// <summary>Gets its store.</summary>
    public NatsStore GetStore() => Store;

    /// <summary>Gets its place in the store.</summary>
    public EntityPath GetPath() => Path;

    /// <summary>Gets its claims.</summary>
    public ClaimSet GetClaims() => Wanted;

    internal string? Jwt => Document.Jwt;

    internal NatsStore Store { get; }

    internal EntityPath Path { get; }

    /// <summary>The public keys that may sign the children of this entity.</summary>
    internal abstract IReadOnlyCollection<string> TrustedKeys { get; }

    /// <summary>The parent, read-only. An operator is its own parent.</summary>
    internal virtual NatsEntity Parent =>
        Path.Parent is null ? this : parent ?? Interlocked.CompareExchange(ref parent, Store.GetShared(Path.Parent), null) ?? parent;

    /// <summary>The parent, read-only; null for an operator.</summary>
    internal NatsEntity? Above => Path.Parent is null ? null : Parent;

    /// <summary>Whether the parent revokes this token of the entity.</summary>
    internal virtual bool IsRevoked(ClaimSet claims) => false;

    /// <summary>Its document in the store.</summary>
    internal EntityDocument Document { get; }

    /// <summary>The claims that are signed or will be signed. They are read-only, unless the entity is a draft.</summary>
    internal ClaimSet Wanted { get; }

    /// <summary>The public keys that may have signed this entity.</summary>
    internal abstract IReadOnlyCollection<string> TrustedIssuers { get; }

    /// <summary>Finds the problem with the issuer of the entity's claims, if there is one.</summary>
    internal abstract SignerFault FaultOf(ClaimSet claims, string? issuer);

    /// <summary>Returns the name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name);

    /// <summary>Creates a draft: the same entity with a copy of its claims that can be changed. Only the editor uses drafts.</summary>
    internal virtual NatsEntity Draft() => Store.Make(Path, Document, parent, ClaimCopier.Copy(Wanted));

    /// <summary>Returns the same entity, read-only, with other claims.</summary>
    internal NatsEntity With(ClaimSet claims) => Store.Make(Path, Document with { Wanted = claims }, parent);

    /// <summary>Reads the token and checks it. It must have one.</summary>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>; the message names the entity.</exception>
    internal NatsJwt ReadToken()
    {
        try
        {
            return Document.ReadToken();
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(
                error.Code,
                $"The token of the {Path} cannot be used. {error.Message} Restore its file, or delete the line 'jwt' from it and sign it again.",
                error) { IsExplained = true };
        }
    }

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

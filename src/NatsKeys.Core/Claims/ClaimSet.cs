namespace NatsKeys.Claims;

/// <summary>
/// The claims of a token: the standard members of every JWT, and the members of its <c>nats</c> object. Names are those of the token in PascalCase.
/// Times are Unix seconds as in the token, with 0 for none. Members that are set by signing are always read-only. Others can be changed unless the
/// claims are shared.
/// </summary>
public abstract class ClaimSet : ClaimObject
{
    /// <summary>The version of the claims that NatsKeys writes.</summary>
    internal const int CurrentVersion = 2;

    /// <summary>The older version that NatsKeys also reads.</summary>
    internal const int VersionOne = 1;

    private string? audience;
    private long expires;
    private string? id;
    private long issuedAt;
    private string? issuer;
    private string? name;
    private long notBefore;
    private string? subject;
    private ClaimList<string> tags = [];
    private int version = CurrentVersion;
    private UnknownMembers outer = new();

    /// <summary>The kind of the token.</summary>
    public abstract ClaimKind Kind { get; }

    /// <summary><c>aud</c>: the audience.</summary>
    public string? Audience { get => audience; set => Set(ref audience, value); }

    /// <summary><c>exp</c>: the Unix second of expiry; 0 means never.</summary>
    public long Expires { get => expires; set => Set(ref expires, value); }

    /// <summary><c>jti</c>: the identifier, a hash of the standard members. Set when the token is written.</summary>
    public string? Id { get => id; internal set => Set(ref id, value); }

    /// <summary><c>iat</c>: the Unix second of issue. Set when the token is written.</summary>
    public long IssuedAt { get => issuedAt; internal set => Set(ref issuedAt, value); }

    /// <summary><c>iss</c>: the public key that signed the token. Set when the token is written.</summary>
    public string? Issuer { get => issuer; internal set => Set(ref issuer, value); }

    /// <summary><c>name</c>: the name shown to people.</summary>
    public string? Name { get => name; set => Set(ref name, value); }

    /// <summary><c>nbf</c>: the Unix second before which the token is not valid; 0 means none.</summary>
    public long NotBefore { get => notBefore; set => Set(ref notBefore, value); }

    /// <summary><c>sub</c>: the public key of the subject.</summary>
    public string? Subject { get => subject; set => Set(ref subject, value); }

    /// <summary><c>nats.tags</c>: labels, as they are in the token.</summary>
    public ClaimList<string> Tags { get => tags; set => Set(ref tags, value); }

    /// <summary><c>nats.version</c>: 2, or 1 for claims that were read from a version 1 token.</summary>
    public int Version { get => version; internal set => Set(ref version, value); }

    /// <summary>The signing keys that can sign for the subject; empty if it has none.</summary>
    internal virtual IEnumerable<string> ListedKeys => [];

    /// <summary>The text of <c>nats.type</c>.</summary>
    internal virtual string? KindText => ClaimKinds.TextOf(Kind);

    /// <summary>Unknown members beside <c>nats</c>.</summary>
    internal UnknownMembers Outer => outer;

    /// <summary>These claims with their lists in the order in which they are written. If they already are, this object itself.</summary>
    internal virtual ClaimSet InOrder() => this;

    /// <summary>
    /// These claims with other standard members. The rest is shared, so the result should only be kept if these claims are read-only.
    /// </summary>
    /// <param name="signer">The issuer's public key; null for unsigned claims.</param>
    /// <param name="time">The Unix second of issue; 0 for unsigned claims.</param>
    internal ClaimSet As(string? signer, long time)
    {
        var other = (ClaimSet)InOrder().CopyTop();
        (other.id, other.issuer, other.issuedAt, other.version) = (null, signer, time, CurrentVersion);
        return other;
    }

    /// <summary>These read-only claims with the issue time and ID of others, and with their issuer if these have none.</summary>
    internal ClaimSet IssuedLike(ClaimSet signed)
    {
        var other = (ClaimSet)CopyTop();
        (other.id, other.issuer, other.issuedAt) = (signed.id, issuer ?? signed.issuer, signed.issuedAt);
        other.Freeze();
        return other;
    }

    /// <summary>Visits the standard members that the <c>jti</c> is computed from, and the <c>jti</c> in its place.</summary>
    internal void MapStandard(ClaimMap map, bool withId)
    {
        map.Text("aud", ref audience);
        map.Integer("exp", ref expires);
        if (withId)
        {
            map.Text("jti", ref id);
        }

        map.Integer("iat", ref issuedAt);
        map.Text("iss", ref issuer);
        map.Text("name", ref name);
        map.Integer("nbf", ref notBefore);
        map.Text("sub", ref subject);
    }

    /// <summary>Visits the last members of every typed <c>nats</c> object.</summary>
    internal void MapTail(ClaimMap map)
    {
        map.Texts("tags", ref tags);
        string? kind = KindText;
        map.Text("type", ref kind);
        long number = version;
        map.Integer("version", ref number, minimum: int.MinValue, maximum: int.MaxValue);
        if (map.Reads)
        {
            version = (int)number;
        }
    }

    /// <inheritdoc/>
    private protected override void MapParts(ClaimMap map)
    {
        Map(map);
        map.Texts("tags", ref tags);
        map.Flat(ref outer);
    }

    /// <summary>The members beside <c>nats</c>.</summary>
    internal sealed class UnknownMembers : ClaimObject
    {
        internal override void Map(ClaimMap map)
        {
        }
    }
}

namespace NatsKeys.Claims;

/// <summary>
/// What a token states: the standard members of every JWT, and the members of its <c>nats</c> object. Members have the
/// names of the token in PascalCase form; times are Unix seconds as in the token, with 0 for none.
/// </summary>
public abstract class ClaimSet : ClaimObject
{
    /// <summary>The version of the layout that NatsKeys writes.</summary>
    internal const int CurrentVersion = 2;

    /// <summary>The version of the layout that is read beside it.</summary>
    internal const int VersionOne = 1;

    /// <summary>The kind of the token.</summary>
    public abstract ClaimKind Kind { get; }

    /// <summary><c>aud</c>: the audience.</summary>
    public string? Audience { get; set; }

    /// <summary><c>exp</c>: the Unix second of expiry; 0 means never.</summary>
    public long Expires { get; set; }

    /// <summary><c>jti</c>: the identifier, a hash of the standard members. Set when the token is written.</summary>
    public string? Id { get; internal set; }

    /// <summary><c>iat</c>: the Unix second of issue. Set when the token is written.</summary>
    public long IssuedAt { get; internal set; }

    /// <summary><c>iss</c>: the public key that signed. Set when the token is written.</summary>
    public string? Issuer { get; internal set; }

    /// <summary><c>name</c>: the name shown to people.</summary>
    public string? Name { get; set; }

    /// <summary><c>nbf</c>: the Unix second before which the token is not valid; 0 means none.</summary>
    public long NotBefore { get; set; }

    /// <summary><c>sub</c>: the public key that the token is about.</summary>
    public string? Subject { get; set; }

    /// <summary><c>nats.tags</c>: labels, as they stand in the token.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary><c>nats.version</c>: 2, or 1 for claims that were read from a version 1 token.</summary>
    public int Version { get; internal set; } = CurrentVersion;

    /// <summary>The public keys that sign in the place of the subject; none for what signs nothing.</summary>
    internal virtual IEnumerable<string> ListedKeys => [];

    /// <summary>The text of <c>nats.type</c>.</summary>
    internal virtual string? KindText => ClaimKinds.TextOf(Kind);

    /// <summary>Members beside <c>nats</c> that this version does not know.</summary>
    internal UnknownMembers Outer { get; } = new();

    /// <summary>Walks the standard members that the <c>jti</c> covers, and the <c>jti</c> itself where it stands.</summary>
    internal void MapStandard(ClaimMap map, bool withId)
    {
        Audience = map.Text("aud", Audience);
        Expires = map.Integer("exp", Expires);
        if (withId)
        {
            Id = map.Text("jti", Id);
        }

        IssuedAt = map.Integer("iat", IssuedAt);
        Issuer = map.Text("iss", Issuer);
        Name = map.Text("name", Name);
        NotBefore = map.Integer("nbf", NotBefore);
        Subject = map.Text("sub", Subject);
    }

    /// <summary>Walks the members that end every typed <c>nats</c> object.</summary>
    internal void MapTail(ClaimMap map)
    {
        Tags = map.Texts("tags", Tags);
        map.Text("type", KindText);
        Version = (int)map.Integer("version", Version, minimum: int.MinValue, maximum: int.MaxValue);
    }

    /// <summary>The members that stand beside <c>nats</c>.</summary>
    internal sealed class UnknownMembers : ClaimObject
    {
        internal override void Map(ClaimMap map)
        {
        }
    }
}

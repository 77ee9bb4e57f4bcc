namespace NatsKeys.Claims;

/// <summary>What a user's token states (<c>nats</c> object of type <c>user</c>).</summary>
public sealed class UserClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.User;

    /// <summary>What the user may do. They stand flat in the token.</summary>
    public UserPermissions Permissions { get; internal set; } = new();

    /// <summary>The account's public key, when one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get; set; }

    internal override void Map(ClaimMap map)
    {
        Permissions.Map(map);
        IssuerAccount = map.Text("issuer_account", IssuerAccount);
    }
}

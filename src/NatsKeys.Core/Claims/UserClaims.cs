namespace NatsKeys.Claims;

/// <summary>The claims of a user (<c>nats</c> object of type <c>user</c>).</summary>
public sealed class UserClaims : ClaimSet
{
    private UserPermissions permissions = new();
    private string? issuerAccount;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.User;

    /// <summary>The permissions and limits. They are flat in the token.</summary>
    public UserPermissions Permissions { get => permissions; internal set => Set(ref permissions, value); }

    /// <summary>The account's public key, if one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get => issuerAccount; set => Set(ref issuerAccount, value); }

    internal override void Map(ClaimMap map)
    {
        map.Flat(ref permissions);
        map.Text("issuer_account", ref issuerAccount);
    }
}

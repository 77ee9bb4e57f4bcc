namespace NatsKeys.Claims;

/// <summary>The claims of an authorization callout's response (<c>nats</c> object of type <c>authorization_response</c>).</summary>
public sealed class AuthorizationResponseClaims : ClaimSet
{
    private string? jwt;
    private string? error;
    private string? issuerAccount;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.AuthorizationResponse;

    /// <summary>The token of the user as which the client is connected.</summary>
    public string? Jwt { get => jwt; set => Set(ref jwt, value); }

    /// <summary>The error for which the connection is refused.</summary>
    public string? Error { get => error; set => Set(ref error, value); }

    /// <summary>The account's public key, if one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get => issuerAccount; set => Set(ref issuerAccount, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("jwt", ref jwt);
        map.Text("error", ref error);
        map.Text("issuer_account", ref issuerAccount);
    }
}

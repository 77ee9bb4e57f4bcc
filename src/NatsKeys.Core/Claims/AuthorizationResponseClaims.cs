namespace NatsKeys.Claims;

/// <summary>What an authorization callout answers (<c>nats</c> object of type <c>authorization_response</c>).</summary>
public sealed class AuthorizationResponseClaims : ClaimSet
{
    private string? jwt;
    private string? error;
    private string? issuerAccount;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.AuthorizationResponse;

    /// <summary>The token of the user that is let in.</summary>
    public string? Jwt { get => jwt; set => Set(ref jwt, value); }

    /// <summary>Why every connection is refused.</summary>
    public string? Error { get => error; set => Set(ref error, value); }

    /// <summary>The account's public key, when one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get => issuerAccount; set => Set(ref issuerAccount, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("jwt", ref jwt);
        map.Text("error", ref error);
        map.Text("issuer_account", ref issuerAccount);
    }
}

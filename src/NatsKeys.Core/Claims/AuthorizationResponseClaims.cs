namespace NatsKeys.Claims;

/// <summary>What an authorization callout answers (<c>nats</c> object of type <c>authorization_response</c>).</summary>
public sealed class AuthorizationResponseClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.AuthorizationResponse;

    /// <summary>The token of the user that is let in.</summary>
    public string? Jwt { get; set; }

    /// <summary>Why nobody is let in.</summary>
    public string? Error { get; set; }

    /// <summary>The account's public key, when one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get; set; }

    internal override void Map(ClaimMap map)
    {
        Jwt = map.Text("jwt", Jwt);
        Error = map.Text("error", Error);
        IssuerAccount = map.Text("issuer_account", IssuerAccount);
    }
}

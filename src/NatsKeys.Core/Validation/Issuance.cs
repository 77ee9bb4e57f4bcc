using NatsKeys.Claims;

namespace NatsKeys.Validation;

/// <summary>Whether an operator or account signed given claims. The scope of a signing key is not looked at.</summary>
internal static class Issuance
{
    /// <summary>A strict operator signs by its identity nothing but itself.</summary>
    public static bool DidSign(OperatorClaims signer, ClaimSet claims) =>
        (claims.Issuer == signer.Subject && (!signer.StrictSigningKeyUsage || claims.Subject == signer.Subject))
        || signer.SigningKeys.Contains(claims.Issuer ?? "");

    /// <summary>What a signing key signs must name the account; what the identity signs need not.</summary>
    public static bool DidSign(AccountClaims signer, ClaimSet claims)
    {
        string? issuerAccount = claims switch
        {
            UserClaims user => user.IssuerAccount,
            ActivationClaims activation => activation.IssuerAccount,
            _ => null,
        };
        return claims.Issuer == signer.Subject
            || (issuerAccount == signer.Subject && signer.SigningKeys.Any(key => key.Key == claims.Issuer));
    }
}

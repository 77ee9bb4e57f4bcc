using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Who may sign: the one answer for everything that signs, checks or imports tokens, and for what servers would do. It is that of servers (validation
/// rules, B.1 to B.3 and B.6), and of nothing but claims.
/// </summary>
internal static class Signers
{
    // An entity whose file has no key yet has null for its identity.

    /// <summary>The keys whose accounts servers accept. A strict operator signs accounts only with its signing keys.</summary>
    public static IReadOnlyCollection<string> Of(OperatorClaims above) =>
        above.StrictSigningKeyUsage ? above.SigningKeys : [above.Subject!, .. above.SigningKeys];

    /// <summary>The keys whose users servers accept. Under a strict operator the account's identity key is not one of them.</summary>
    /// <param name="account">The account.</param>
    /// <param name="above">Its operator; null where that is not known, and so not strict.</param>
    public static IReadOnlyCollection<string> Of(AccountClaims account, OperatorClaims? above)
    {
        IEnumerable<string> listed = account.SigningKeys.Select(key => key.Key);
        return above is { StrictSigningKeyUsage: true } ? [.. listed] : [account.Subject!, .. listed];
    }

    /// <summary>What is wrong with the issuer of an account.</summary>
    /// <param name="issuer">The key that signed it, or is about to.</param>
    /// <param name="above">The operator.</param>
    public static SignerFault FaultOf(string? issuer, OperatorClaims above) => Lists(Of(above), issuer) ? SignerFault.None : SignerFault.Issuer;

    /// <summary>
    /// What is wrong with the issuer of a user or an activation. A server takes the issuer for the account where the token names none.
    /// </summary>
    /// <param name="claims">What the token states.</param>
    /// <param name="issuer">The key that signed it, or is about to.</param>
    /// <param name="account">The account.</param>
    /// <param name="keys">The keys of the account: see <see cref="Of(AccountClaims, OperatorClaims?)"/>.</param>
    public static SignerFault FaultOf(ClaimSet claims, string? issuer, AccountClaims account, IReadOnlyCollection<string> keys)
    {
        string? named = claims switch
        {
            UserClaims user => user.IssuerAccount,
            ActivationClaims activation => activation.IssuerAccount,
            _ => null,
        };

        // Of an activation that names no account, servers ask only that the exporter's identity signed it, be the operator strict or not.
        bool isByIdentity = claims is ActivationClaims && string.IsNullOrEmpty(named) && !string.IsNullOrEmpty(issuer) && issuer == account.Subject;
        if (!isByIdentity && !Lists(keys, issuer))
        {
            return SignerFault.Issuer;
        }

        return (string.IsNullOrEmpty(named) ? issuer : named) == account.Subject ? SignerFault.None : SignerFault.IssuerAccount;
    }

    private static bool Lists(IReadOnlyCollection<string> keys, string? issuer) => !string.IsNullOrEmpty(issuer) && keys.Contains(issuer);
}

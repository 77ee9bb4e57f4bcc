using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Determines who may sign. All code that signs, checks or imports tokens, or predicts what servers do, uses these rules. They are the rules of
/// servers (validation rules, B.1 to B.3 and B.6), and depend only on claims.
/// </summary>
internal static class Signers
{
    // The subject is null for an entity whose file has no key yet.

    /// <summary>Gets the keys whose accounts servers accept. A strict operator signs accounts only with its signing keys.</summary>
    public static IReadOnlyCollection<string> Of(OperatorClaims above) =>
        above.StrictSigningKeyUsage ? above.SigningKeys : [above.Subject!, .. above.SigningKeys];

    /// <summary>Gets the keys whose users servers accept. Under a strict operator, these do not include the account's identity key.</summary>
    /// <param name="account">The account.</param>
    /// <param name="above">Its operator; null if it is unknown, and therefore treated as not strict.</param>
    public static IReadOnlyCollection<string> Of(AccountClaims account, OperatorClaims? above)
    {
        IEnumerable<string> listed = account.SigningKeys.Select(key => key.Key);
        return above is { StrictSigningKeyUsage: true } ? [.. listed] : [account.Subject!, .. listed];
    }

    /// <summary>Finds the problem with the issuer of an account.</summary>
    /// <param name="issuer">The key that signed it, or will sign it.</param>
    /// <param name="above">The operator.</param>
    public static SignerFault FaultOf(string? issuer, OperatorClaims above) => Lists(Of(above), issuer) ? SignerFault.None : SignerFault.Issuer;

    /// <summary>
    /// Finds the problem with the issuer of a user or an activation. If the token names no account, a server takes the issuer for the account.
    /// </summary>
    /// <param name="claims">The claims of the token.</param>
    /// <param name="issuer">The key that signed it, or will sign it.</param>
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

        // If an activation names no account, servers only check that the exporter's identity key signed it, even if the operator is strict.
        bool isByIdentity = claims is ActivationClaims && string.IsNullOrEmpty(named) && !string.IsNullOrEmpty(issuer) && issuer == account.Subject;
        if (!isByIdentity && !Lists(keys, issuer))
        {
            return SignerFault.Issuer;
        }

        return (string.IsNullOrEmpty(named) ? issuer : named) == account.Subject ? SignerFault.None : SignerFault.IssuerAccount;
    }

    private static bool Lists(IReadOnlyCollection<string> keys, string? issuer) => !string.IsNullOrEmpty(issuer) && keys.Contains(issuer);
}

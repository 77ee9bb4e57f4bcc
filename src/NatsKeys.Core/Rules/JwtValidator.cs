using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>
/// Checks tokens: that they can be read, that their signatures and times are valid, and that the tokens of their parents list their issuers.
/// </summary>
public static class JwtValidator
{
    /// <summary>Checks a single token.</summary>
    /// <param name="token">The token's text.</param>
    /// <param name="now">The time to check for.</param>
    /// <returns>The findings; empty if there are none.</returns>
    public static IReadOnlyList<Finding> Check(string token, DateTimeOffset now) => Check(token, [], now);

    /// <summary>
    /// Checks a token and, if parents are given, its chain of trust: the parent that signed it, and the parent that signed that one.
    /// </summary>
    /// <param name="token">The token's text.</param>
    /// <param name="parents">Tokens of accounts and operators; if empty, only the token itself is checked.</param>
    /// <param name="now">The time to check for.</param>
    /// <returns>The findings, from the token upwards; empty if there are none.</returns>
    public static IReadOnlyList<Finding> Check(string token, IReadOnlyList<NatsJwt> parents, DateTimeOffset now)
    {
        var findings = new Findings();
        if (TryRead(token, findings) is not { } jwt)
        {
            return findings.All;
        }

        ClaimValidator.Check(jwt.Claims, now, findings);
        if (parents.Count > 0 && jwt.Kind is ClaimKind.Account or ClaimKind.User or ClaimKind.Activation)
        {
            CheckChain(jwt, parents, now, findings);
        }

        return findings.All;
    }

    private static void CheckChain(NatsJwt jwt, IReadOnlyList<NatsJwt> parents, DateTimeOffset now, Findings findings)
    {
        NatsJwt? parent = parents.FirstOrDefault(candidate => FaultUnder(candidate.Claims) == SignerFault.None);
        if (parent is null)
        {
            NatsJwt? lister = parents.FirstOrDefault(candidate => FaultUnder(candidate.Claims) == SignerFault.IssuerAccount);
            findings.Add(
                lister is null ? ValidationRules.TrustIssuer : ValidationRules.TrustIssuerAccount,
                lister is null ? "iss" : "issuer_account",
                lister is null
                    ? $"'{jwt.Name}' was signed by {jwt.Issuer}, which is not a key of any of the given parents."
                    : $"'{jwt.Name}' was signed by {jwt.Issuer}, a key of the account '{lister.Name}', but names {Named(jwt.IssuerAccount)} as its "
                        + "account.");
            return;
        }

        if (parent.Claims is AccountClaims signer && jwt.Claims is UserClaims)
        {
            CheckAccountRules(jwt, signer, findings);
        }

        findings.AddRange(
            Check(parent.Token, parent.Kind == ClaimKind.Account ? [.. parents.Where(other => other.Kind == ClaimKind.Operator)] : [], now));

        SignerFault FaultUnder(ClaimSet candidate) => candidate switch
        {
            OperatorClaims above when jwt.Kind == ClaimKind.Account => Signers.FaultOf(jwt.Issuer, above),
            AccountClaims account when jwt.Kind != ClaimKind.Account =>
                Signers.FaultOf(jwt.Claims, jwt.Issuer, account, Signers.Of(account, OperatorOf(account))),
            _ => SignerFault.Issuer,
        };

        OperatorClaims? OperatorOf(AccountClaims account) => parents.Select(candidate => candidate.Claims).OfType<OperatorClaims>()
            .FirstOrDefault(above => Signers.FaultOf(account.Issuer, above) == SignerFault.None);
    }

    private static string Named(string? account) => string.IsNullOrEmpty(account) ? "none" : account;

    /// <summary>Reads a token. If it cannot be read, returns null and adds a finding.</summary>
    internal static NatsJwt? TryRead(string token, Findings findings) => TryRead(() => JwtReader.Read(token), findings);

    /// <summary>Reads a token with a function. If it cannot be read, returns null and adds a finding.</summary>
    internal static NatsJwt? TryRead(Func<NatsJwt> read, Findings findings)
    {
        try
        {
            return read();
        }
        catch (NatsKeysException error)
        {
            findings.Add(RuleOf(error.Code), "jwt", error.Message);
            return null;
        }
    }

    /// <summary>Checks a user against its account: revocations, bearer tokens and scopes.</summary>
    internal static void CheckAccountRules(NatsJwt jwt, AccountClaims account, Findings findings)
    {
        var user = (UserClaims)jwt.Claims;
        if (Revocations.IsRevoked(account.Revocations, user))
        {
            findings.Add(ValidationRules.TrustRevoked, "revocations", $"The account revoked '{user.Name}'.");
        }

        AccountSigningKey? scope = account.ScopeOf(user.Issuer);
        if (scope is not null)
        {
            ScopeRules.Check(jwt, scope, findings);
        }

        if (account.Limits.DisallowBearer && (scope?.Template ?? user.Permissions).BearerToken)
        {
            findings.Add(ValidationRules.TrustBearer, "bearer_token", $"'{user.Name}' is a bearer user, but the account disallows bearer tokens.");
        }
    }

    private static ValidationRule RuleOf(ErrorCode code) => code switch
    {
        ErrorCode.TokenSignature => ValidationRules.TokenSignature,
        ErrorCode.TokenIssuer => ValidationRules.TokenIssuer,
        ErrorCode.TokenHeader => ValidationRules.TokenHeader,
        ErrorCode.TokenUnsupported => ValidationRules.TokenUnsupported,
        ErrorCode.TokenTooLarge => ValidationRules.TokenTooLarge,
        _ => ValidationRules.TokenMalformed,
    };
}

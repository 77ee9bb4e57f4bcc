using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Server;
using NatsKeys.Trust;

namespace NatsKeys.Validation;

/// <summary>
/// Checks tokens: that they read and their signatures hold, that their time is right, and that what stands above lists their issuers.
/// </summary>
public static class JwtValidator
{
    /// <summary>Checks a token by itself.</summary>
    /// <param name="token">The token's text.</param>
    /// <param name="now">The time at which it shall be valid.</param>
    /// <returns>What was found; nothing when all is well.</returns>
    public static IReadOnlyList<Finding> Check(string token, DateTimeOffset now) => Check(token, [], now);

    /// <summary>Checks a token and, where parents are given, the chain above it: the one among them that signed it, and what signed that.</summary>
    /// <param name="token">The token's text.</param>
    /// <param name="parents">Tokens of accounts and operators; none checks the token by itself.</param>
    /// <param name="now">The time at which it shall be valid.</param>
    /// <returns>What was found, from the token upwards; nothing when all is well.</returns>
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

    /// <summary>Checks an entity's token and those of everything above it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="now">The time at which it shall be valid.</param>
    /// <returns>What was found, from the entity upwards; nothing when all is well.</returns>
    public static IReadOnlyList<Finding> Check(NatsEntity entity, DateTimeOffset now)
    {
        var findings = new List<Finding>();
        for (NatsEntity current = entity; ; current = current.Parent)
        {
            findings.AddRange(CheckOne(current, now));
            if (current.Path.Parent is null)
            {
                return findings;
            }
        }
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
                    ? $"'{jwt.Name}' was signed by {jwt.Issuer}, by which none of the given parents signs."
                    : $"'{jwt.Name}' was signed by {jwt.Issuer}, a key of the account '{lister.Name}', and names {Named(jwt.IssuerAccount)} as its "
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

    /// <summary>Reads a token; null when it cannot be read, with the reason among the findings.</summary>
    internal static NatsJwt? TryRead(string token, Findings findings) => TryRead(() => JwtReader.Read(token), findings);

    private static NatsJwt? TryRead(Func<NatsJwt> read, Findings findings)
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

    /// <summary>Checks an entity's token without those above it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="now">The time.</param>
    /// <param name="servers">The servers whose rules hold; null for the newest.</param>
    internal static IReadOnlyList<Finding> CheckOne(NatsEntity entity, DateTimeOffset now, ServerVersions? servers = null)
    {
        var findings = new Findings(servers);
        if (entity.Jwt is null)
        {
            findings.Add(ValidationRules.EntityUnsigned, "jwt", $"The {entity.Path} is not signed.");
        }
        else if (TryRead(entity.Document.ReadToken, findings) is { } jwt)
        {
            ClaimValidator.Check(jwt.Claims, now, findings);
            CheckTrust(entity, jwt, findings);
        }

        return findings.All;
    }

    private static void CheckTrust(NatsEntity entity, NatsJwt jwt, Findings findings)
    {
        if (!ClaimJson.SameWish(entity.Wanted, jwt.Claims) || entity.Issuer != jwt.Issuer)
        {
            IReadOnlyList<ClaimDifference> differences = ClaimDifference.Between(entity.Wanted, jwt.Claims);
            findings.Add(
                ValidationRules.EntityModified, "jwt", $"The {entity.Path} was edited after it was signed: {ClaimDifference.Tell(differences)}.");
        }

        SignerFault fault = entity.FaultOf(jwt.Claims, jwt.Issuer);
        if (fault == SignerFault.Issuer)
        {
            string above = entity.Path.Parent is { } parent ? parent.ToString() : "the operator itself";
            findings.Add(
                ValidationRules.TrustIssuer, "iss", $"The {entity.Path} was signed by {jwt.Issuer}, which is not a key by which {above} may sign.");
        }

        if (entity is not NatsUser user)
        {
            return;
        }

        var account = (NatsAccount)user.Parent;
        if (fault == SignerFault.IssuerAccount || (!string.IsNullOrEmpty(jwt.IssuerAccount) && jwt.IssuerAccount != account.Subject))
        {
            findings.Add(
                ValidationRules.TrustIssuerAccount,
                "issuer_account",
                string.IsNullOrEmpty(jwt.IssuerAccount)
                    ? $"The {user.Path} names no account, and a signing key signed it: servers take that key for its account."
                    : $"The {user.Path} names {jwt.IssuerAccount} as its account, which is another.");
        }

        CheckAccountRules(jwt, account.Claims, findings);
    }

    /// <summary>What the account says of its users: revocations, bearer tokens, scopes.</summary>
    private static void CheckAccountRules(NatsJwt jwt, AccountClaims account, Findings findings)
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
            findings.Add(ValidationRules.TrustBearer, "bearer_token", $"'{user.Name}' is a bearer user, which the account disallows.");
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

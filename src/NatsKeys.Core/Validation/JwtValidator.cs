using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Validation;

/// <summary>Checks tokens: that they read and their signatures hold, that their time is right, and that what stands above lists their issuers.</summary>
public static class JwtValidator
{
    /// <summary>Checks a token by itself.</summary>
    /// <param name="token">The token's text.</param>
    /// <param name="now">The time at which it shall be valid.</param>
    /// <returns>What was found; nothing when all is well.</returns>
    public static IReadOnlyList<Finding> Check(string token, DateTimeOffset now)
    {
        try
        {
            return [.. CheckTime(JwtReader.Read(token).Claims, now)];
        }
        catch (NatsKeysException error)
        {
            return [new Finding(RuleOf(error.Code), FindingSeverity.Error, "jwt", error.Message)];
        }
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

    private static List<Finding> CheckOne(NatsEntity entity, DateTimeOffset now)
    {
        if (entity.Jwt is null)
        {
            return [new Finding("entity.unsigned", FindingSeverity.Error, "jwt", $"The {entity.Path} is not signed.")];
        }

        List<Finding> findings = [.. Check(entity.Jwt, now)];
        if (findings.Exists(finding => finding.Severity == FindingSeverity.Error))
        {
            return findings;
        }

        NatsJwt jwt = JwtReader.ReadUnchecked(entity.Jwt);
        if (entity.State == EntityState.Modified)
        {
            findings.Add(new Finding("entity.modified", FindingSeverity.Error, "jwt", $"The {entity.Path} was edited after it was signed."));
        }

        if (!entity.TrustedIssuers.Contains(jwt.Issuer))
        {
            string above = entity.Path.Parent is { } parent ? parent.ToString() : "the operator itself";
            findings.Add(new Finding(
                "trust.issuer", FindingSeverity.Error, "iss", $"The {entity.Path} was signed by {jwt.Issuer}, which is not a key by which {above} may sign."));
        }

        if (jwt.IssuerAccount is { } account && entity.Path.Parent is not null && account != entity.Parent.Subject)
        {
            findings.Add(new Finding("trust.issuer-account", FindingSeverity.Error, "issuer_account", $"The {entity.Path} names {account} as its account, which is another."));
        }

        return findings;
    }

    private static IEnumerable<Finding> CheckTime(ClaimSet claims, DateTimeOffset now)
    {
        // The rules and their boundaries are those of the reference: at the second of expiry a token is still valid.
        long second = now.ToUnixTimeSeconds();
        if (claims.Expires > 0 && second > claims.Expires)
        {
            yield return new Finding("time.expired", FindingSeverity.Time, "exp", $"'{claims.Name}' expired at {UnixTime.ToDate(claims.Expires):u}.");
        }

        if (claims.NotBefore > 0 && claims.NotBefore > second)
        {
            yield return new Finding("time.not-yet", FindingSeverity.Time, "nbf", $"'{claims.Name}' is not valid before {UnixTime.ToDate(claims.NotBefore):u}.");
        }
    }

    private static string RuleOf(ErrorCode code) => code switch
    {
        ErrorCode.TokenSignature => "token.signature",
        ErrorCode.TokenIssuer => "token.issuer",
        ErrorCode.TokenHeader => "token.header",
        ErrorCode.TokenUnsupported => "token.unsupported",
        ErrorCode.TokenTooLarge => "token.too-large",
        _ => "token.malformed",
    };
}

using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Checks an entity of a store: its token, whether it was edited since, and whether its parent lists its issuer.</summary>
internal static class EntityValidator
{
    /// <summary>Checks the tokens of an entity and of all entities above it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="now">The time to check for.</param>
    /// <returns>The findings, from the entity upwards; empty if there are none.</returns>
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

    /// <summary>Checks the token of an entity, without those above it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="now">The time.</param>
    /// <param name="servers">The servers whose rules apply; null for the newest version.</param>
    internal static IReadOnlyList<Finding> CheckOne(NatsEntity entity, DateTimeOffset now, ServerVersions? servers = null)
    {
        var findings = new Findings(servers);
        if (entity.Jwt is null)
        {
            findings.Add(EntityRules.EntityUnsigned, "jwt", $"The {entity.Path} is not signed.");
        }
        else if (JwtValidator.TryRead(entity.ReadToken, findings) is { } jwt)
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
                EntityRules.EntityModified,
                "jwt",
                $"The {entity.Path} was edited after it was signed: {KnownNames.In(ClaimDifference.Describe(differences), entity)}.");
        }

        SignerFault fault = entity.FaultOf(jwt.Claims, jwt.Issuer);
        if (fault == SignerFault.Issuer)
        {
            string above = entity.Path.Parent is { } parent ? parent.ToString() : "the operator itself";
            findings.Add(
                ValidationRules.TrustIssuer, "iss", $"The {entity.Path} was signed by {jwt.Issuer}, which is not a key of {above}.");
        }

        if (entity is not NatsUser user)
        {
            return;
        }

        NatsAccount account = user.Parent;
        if (fault == SignerFault.IssuerAccount || (!string.IsNullOrEmpty(jwt.IssuerAccount) && jwt.IssuerAccount != account.Subject))
        {
            findings.Add(
                ValidationRules.TrustIssuerAccount,
                "issuer_account",
                string.IsNullOrEmpty(jwt.IssuerAccount)
                    ? $"The {user.Path} was signed with a signing key but names no account: servers would mistake that key for the account's."
                    : $"The {user.Path} names {jwt.IssuerAccount} as its account, which is another account.");
        }

        JwtValidator.CheckAccountRules(jwt, account.Claims, findings);
    }
}

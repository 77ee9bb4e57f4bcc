using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Checks one entity of a store: its token, its times, its parent, and how servers treat it.</summary>
/// <param name="now">The time.</param>
/// <param name="servers">The server versions to check for.</param>
internal sealed class EntityChecker(DateTimeOffset now, ServerVersions servers)
{
    /// <summary>The findings about an entity, and whether servers accept it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="users">The checks for users of its account; null if the entity is not a user.</param>
    public (List<StoreFinding> Findings, bool IsTaken) Check(NatsEntity entity, UserChecks? users)
    {
        IReadOnlyList<Finding> own = EntityValidator.CheckOne(entity, now, servers);
        List<StoreFinding> found = [.. own.Select(finding => Of(entity, finding))];
        if (entity.Wanted.Name != entity.Name)
        {
            found.Add(
                StoreFinding.Of(entity.Path, EntityRules.EntityName, "name", $"The {entity.Path} has the name '{entity.Wanted.Name}' in its "
                    + "file."));
        }

        if (entity.Jwt is { } token && TokenLimits.Warning(entity.Path.Kind.ToClaimKind(), token.Length, entity.Path.ToString()) is { } warning)
        {
            // A server's limit for lines may be configured higher.
            ValidationRule rule = entity is NatsUser ? ValidationRules.ControlLine : ValidationRules.TokenLong;
            found.Add(StoreFinding.Of(entity.Path, rule, "jwt", warning) with { Severity = FindingSeverity.Warning });
        }

        found.AddRange(Use(entity, users).Select(finding => Of(entity, finding)));

        // Servers have the token, even if the file was edited since.
        bool isTaken = entity.Jwt is not null
            && own.All(finding => finding.Severity > FindingSeverity.Time || finding.Rule == EntityRules.EntityModified.Name);
        return (found, isTaken);
    }

    private IReadOnlyList<Finding> Use(NatsEntity entity, UserChecks? users)
    {
        var findings = new Findings(servers);
        ClaimSet signed = entity.Document.Signed;
        ClaimUse.Check(signed, now, findings);
        if (signed is UserClaims user)
        {
            users?.Check(user, user.Issuer, findings);
            users?.CheckRevocation(user, findings);
        }

        return findings.All;
    }

    /// <summary>The finding for an entity. A revoked user is intended by its account, so it is only a warning.</summary>
    private static StoreFinding Of(NatsEntity entity, Finding finding)
    {
        StoreFinding found = StoreFinding.Of(entity.Path, finding);
        return finding.Rule == ValidationRules.TrustRevoked.Name ? found with { Severity = FindingSeverity.Warning } : found;
    }
}

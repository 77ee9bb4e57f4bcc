using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds entities and activations that expire.</summary>
internal static class ExpiryRules
{
    /// <summary>Finds what is valid now and expires before a time.</summary>
    public static IEnumerable<StoreFinding> Soon(NatsEntity entity, DateTimeOffset now, DateTimeOffset limit)
    {
        if (entity.Expires is { } expires && expires > now && expires <= limit)
        {
            yield return StoreFinding.Of(entity.Path, EntityRules.ExpiresSoon, "exp", $"The {entity.Path} expires at {expires:u}.");
        }

        foreach ((NatsImport import, string claim, DateTimeOffset end) in Activations(entity)
            .Where(activation => activation.End > now && activation.End <= limit))
        {
            yield return StoreFinding.Of(
                entity.Path,
                EntityRules.ActivationExpiresSoon,
                claim,
                $"The activation with which the {entity.Path} imports '{import.Subject}' expires at {end:u}.");
        }
    }

    /// <summary>The activations of an account that have an expiry.</summary>
    public static IEnumerable<(NatsImport Import, string Claim, DateTimeOffset End)> Activations(NatsEntity entity)
    {
        IReadOnlyList<NatsImport> imports = (entity as NatsAccount)?.GetImports() ?? [];
        for (int index = 0; index < imports.Count; index++)
        {
            if (imports[index].Activation?.Expires is { } end)
            {
                yield return (imports[index], $"imports[{index}].token", end);
            }
        }
    }
}

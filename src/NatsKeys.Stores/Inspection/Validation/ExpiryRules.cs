using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>What ends, of an entity and of the activations with which it imports.</summary>
internal static class ExpiryRules
{
    /// <summary>What is valid now, and will not be any more by some time.</summary>
    public static IEnumerable<StoreFinding> Soon(NatsEntity entity, DateTimeOffset now, DateTimeOffset limit)
    {
        if (entity.Expires is { } expires && expires > now && expires <= limit)
        {
            yield return StoreFinding.Of(entity.Path, ValidationRules.ExpiresSoon, "exp", $"The {entity.Path} expires at {expires:u}.");
        }

        foreach ((NatsImport import, string claim, DateTimeOffset end) in Activations(entity)
            .Where(activation => activation.End > now && activation.End <= limit))
        {
            yield return StoreFinding.Of(
                entity.Path,
                ValidationRules.ActivationExpiresSoon,
                claim,
                $"The activation with which the {entity.Path} imports '{import.Subject}' expires at {end:u}.");
        }
    }

    /// <summary>The activations of an account that end some day.</summary>
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

using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds keys of operators and accounts that belong to more than one entity. Such a key signs for all of them, so removing it from one list is not
/// enough.
/// </summary>
internal sealed class SharedKeys
{
    private readonly Dictionary<string, EntityPath> owners = new(StringComparer.Ordinal);

    /// <summary>Records the keys of an entity, and returns those that another one has.</summary>
    /// <param name="entity">The operator or account.</param>
    public IEnumerable<StoreFinding> Add(NatsEntity entity)
    {
        IEnumerable<(string? Key,
            string Claim)> keys = [(entity.Subject, "subject"), .. entity.Wanted.ListedKeys.Select(key => ((string?)key, "signing_keys"))];
        foreach ((string? key, string claim) in keys)
        {
            if (string.IsNullOrEmpty(key) || owners.TryAdd(key, entity.Path) || owners[key] == entity.Path)
            {
                continue;
            }

            yield return StoreFinding.Of(
                entity.Path, ValidationRules.KeyShared, claim, $"The key {key} of the {entity.Path} is also a key of the {owners[key]}.");
        }
    }
}

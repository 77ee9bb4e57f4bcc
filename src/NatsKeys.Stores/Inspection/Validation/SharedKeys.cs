using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds keys of operators and accounts that serve more than one entity: who has one of them signs for all of these, and taking it off one list is
/// not enough.
/// </summary>
internal sealed class SharedKeys
{
    private readonly Dictionary<string, EntityPath> owners = new(StringComparer.Ordinal);

    /// <summary>Takes note of the keys of an entity, and tells which of them another one has.</summary>
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

using System.Collections;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>The base class of completers for signing keys: their roles and public keys.</summary>
public abstract class SigningKeyCompleter : NameCompleter
{
    private protected override bool MayBePath => true;

    // The first one that is given is used. An account is more specific than its operator.
    private static readonly string[] Naming = ["Account", "User", "InputObject", "Export", "Operator"];

    private protected sealed override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        EntityPath? named = Naming.Select(parameter => PlaceOf(store, bound, parameter)).FirstOrDefault(place => place is not null);
        return Owners(store, named)
            .Select(store.FindReadable).OfType<NatsEntity>()
            .SelectMany(SigningKeyLookup.SigningKeysOf)
            .SelectMany(Describe)
            .DistinctBy(found => found.Text);
    }

    /// <summary>The entities whose keys are completed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="named">The entity on the command line, or the owner of the item on it; null if unknown.</param>
    private protected abstract IEnumerable<EntityPath> Owners(NatsStore store, EntityPath? named);

    /// <summary>All operators, or the one of a place.</summary>
    private protected static IEnumerable<EntityPath> Operators(NatsStore store, EntityPath? named) =>
        (named is null ? store.Names() : [named.Operator]).Select(name => new EntityPath(name));

    /// <summary>All accounts, those of an operator, or the one of a place.</summary>
    private protected static IEnumerable<EntityPath> Accounts(NatsStore store, EntityPath? named) => named?.Kind switch
    {
        EntityKind.User => [named.Parent!],
        EntityKind.Account => [named],
        _ => store.AccountPaths(named?.Operator),
    };

    private static IEnumerable<(string Text, string ToolTip)> Describe(NatsSigningKey key)
    {
        if (!string.IsNullOrEmpty(key.Role))
        {
            yield return (key.Role, $"role {key.Role}: {key.PublicKey}");
        }

        yield return (key.PublicKey, $"signing key of {key.GetOwner().Path}");
    }
}

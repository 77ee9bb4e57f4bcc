using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that give entities: by name or wildcard, one after the other, and only what is asked for is read.</summary>
public abstract class GetEntityCmdlet : StoreCmdlet
{
    /// <summary>Gives the entities of some names below one place. A file that cannot be read is an error, and the rest goes on.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The entity above; null for operators.</param>
    /// <param name="names">Names and wildcards; all when empty.</param>
    /// <returns>The names without wildcards that were not found here.</returns>
    private protected IReadOnlyList<string> WriteMatching(NatsStore store, NatsEntity? parent, string[] names)
    {
        var missing = new List<string>();
        foreach (string name in names.Length == 0 ? ["*"] : names)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name))
            {
                if (!WriteOne(store, parent, name))
                {
                    missing.Add(name);
                }

                continue;
            }

            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            foreach (string found in store.Names(parent?.Path).Where(pattern.IsMatch))
            {
                if (Stopping)
                {
                    return missing;
                }

                WriteOne(store, parent, found);
            }
        }

        return missing;
    }

    /// <summary>Gives the entities of some names below several places, and reports the names that were found below none.</summary>
    private protected void WriteMatching(IEnumerable<NatsEntity> parents, string[] names, string kind)
    {
        IEnumerable<string> missing = names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name));
        foreach (NatsEntity parent in parents)
        {
            missing = [.. missing.Intersect(WriteMatching(parent.Store, parent, names))];
        }

        WriteMissing(missing, kind);
    }

    /// <summary>The operator that was named, or all that can be read.</summary>
    private protected IEnumerable<NatsEntity> Operators(OperatorArgument? named) =>
        named is not null ? [OperatorArgument.Resolve(named, OpenStore)] : Children(OpenStore(), parent: null);

    /// <summary>The entities below a place that can be read; each other one is an error.</summary>
    private protected IEnumerable<NatsEntity> Children(NatsStore store, NatsEntity? parent)
    {
        foreach (string name in store.Names(parent?.Path))
        {
            NatsEntity? found = null;
            Try(() => found = store.Find(parent?.Path.Child(name) ?? new EntityPath(name)), name);
            if (found is not null)
            {
                yield return found;
            }
        }
    }

    /// <summary>Reports names that were found nowhere.</summary>
    private protected void WriteMissing(IEnumerable<string> names, string kind)
    {
        foreach (string name in names)
        {
            Try(() => throw new NatsKeysException(ErrorCode.EntityNotFound, $"There is no {kind} '{name}' in the store."), name);
        }
    }

    private bool WriteOne(NatsStore store, NatsEntity? parent, string name)
    {
        bool found = true;
        Try(
            () =>
            {
                NatsEntity? entity = store.Find(parent?.Path.Child(name) ?? new EntityPath(name));
                found = entity is not null;
                if (found)
                {
                    WriteObject(entity);
                }
            },
            name);
        return found;
    }
}

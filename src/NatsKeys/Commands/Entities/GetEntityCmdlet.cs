using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Formatting;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that get entities by name or wildcard. They read one after the other, and only what is requested.</summary>
public abstract class GetEntityCmdlet : StoreCmdlet
{
    private protected GetEntityCmdlet()
    {
        Entities = new EntityReader(this);
        Rows = new NamedRows(this);
    }

    /// <summary>The rows that name entities.</summary>
    private protected NamedRows Rows { get; }

    /// <summary>Reads the entities of the stores.</summary>
    private protected EntityReader Entities { get; }

    /// <summary>
    /// Writes the newest state of the entities that came as objects, and returns the names of the others. A row that names nothing is an error.
    /// </summary>
    /// <param name="named">The objects, names and rows.</param>
    /// <param name="resolve">Returns the entity of an object.</param>
    /// <param name="entity">The type of the entity.</param>
    private protected string[] WriteObjects<TArgument>(IReadOnlyList<TArgument> named, Func<TArgument, NatsEntity> resolve, Type entity)
        where TArgument : IEntityArgument
    {
        var names = new List<string>();
        foreach (TArgument argument in named.Where(argument => Errors.Tries(() => Rows.Require(argument, entity), argument)))
        {
            if (argument.Text is { } name)
            {
                names.Add(name);
            }
            else
            {
                Try(
                    () =>
                    {
                        // The output gets a state of its own, which nothing else shares.
                        NatsEntity found = resolve(argument);
                        WriteObject(found.Store.Get(found.Path));
                    },
                    argument);
            }
        }

        return [.. names];
    }

    /// <summary>Writes the entities of names below one parent. A file that cannot be read is an error, and the rest continues.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The entity above; null for operators.</param>
    /// <param name="names">Names and wildcards; empty for all.</param>
    /// <returns>The names without wildcards that were not found here.</returns>
    private protected IReadOnlyList<string> WriteMatching(NatsStore store, NatsEntity? parent, string[] names)
    {
        var missing = new List<string>();
        foreach (string name in names.Length == 0 ? ["*"] : names)
        {
            if (OwnPart(name, parent) is not { } own || !WriteNamed(store, parent, own))
            {
                missing.Add(name);
            }
        }

        return missing;
    }

    /// <summary>The last part of a name such as <c>A/U</c> if the parts before it match the names of the parents; otherwise null.</summary>
    private static string? OwnPart(string name, NatsEntity? parent)
    {
        string[] parts = name.Split('/');
        string?[] above = parent is null ? [] : [parent.Path.Operator, parent.Path.Account];
        string[] known = [.. above.OfType<string>()];
        return parts.Length <= known.Length + 1
            && parts[..^1].Zip(known[(known.Length + 1 - parts.Length)..]).All(
                pair => NamePattern.Of(pair.First).IsMatch(pair.Second) || pair.First == pair.Second)
            ? parts[^1]
            : null;
    }


    /// <summary>
    /// Writes the entities of a name or wildcard, or the entity with this public key. Returns true if one was found, and always for a wildcard.
    /// </summary>
    private bool WriteNamed(NatsStore store, NatsEntity? parent, string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return WriteOne(store, parent, WildcardPattern.Unescape(name)) || WriteKey(store, parent, name);
        }

        // A name may contain brackets, and users need not know that brackets are wildcards.
        if (name.Contains('[', StringComparison.Ordinal) && WriteOne(store, parent, name))
        {
            return true;
        }

        WildcardPattern pattern = NamePattern.Of(name);
        foreach (string found in store.Ahead(parent?.Path, store.Names(parent?.Path).Where(pattern.IsMatch)).TakeWhile(_ => !Stopping))
        {
            WriteOne(store, parent, found);
        }

        return true;
    }

    private bool WriteKey(NatsStore store, NatsEntity? parent, string publicKey)
    {
        NatsEntity? found = PublicNkey.TryGetType(publicKey, out _)
            ? Entities.Children(store, parent).FirstOrDefault(entity => entity.Subject == publicKey)
            : null;
        if (found is not null)
        {
            WriteObject(found);
        }

        return found is not null;
    }

    /// <summary>Writes the entities of names below several parents, and reports the names that were found below none of them.</summary>
    /// <param name="parents">The parents.</param>
    /// <param name="names">Names and wildcards; empty for all.</param>
    /// <param name="kind">The kind of the entities, for messages.</param>
    /// <param name="isNamed">Whether the parents were named. If so, the error names them, because the entity may be below another parent.</param>
    private protected void WriteMatching(IEnumerable<NatsEntity> parents, string[] names, EntityKind kind, bool isNamed)
    {
        IEnumerable<string> missing = names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name.Split('/')[^1]));
        var known = new List<NatsEntity>();
        foreach (NatsEntity parent in parents)
        {
            missing = [.. missing.Intersect(WriteMatching(parent.Store, parent, names))];
            known.Add(parent);
        }

        WriteMissing(
            missing,
            kind,
            () => known.SelectMany(parent => parent.Store.Names(parent.Path)),
            known.FirstOrDefault()?.Store,
            isNamed ? known : []);
    }

    /// <summary>Reports names that were not found.</summary>
    private protected void WriteMissing(
        IEnumerable<string> names,
        EntityKind kind,
        Func<IEnumerable<string>> known,
        NatsStore? store = null,
        IReadOnlyList<NatsEntity>? places = null)
    {
        foreach (string name in names)
        {
            store ??= Stores.Open();
            string where = places is [_, ..]
                ? $"the {PathNames.Of([.. places.Select(place => place.Path)])}"
                : $"the store {store.Location}{store.Because}";
            string suggestion = Spelling.Suggest(name.Split('/')[^1], known());
            bool isEmpty = suggestion.Length == 0 && !store.Names().Any();
            Errors.Write(
                new NatsKeysException(ErrorCode.EntityNotFound, $"There is no {ClaimNames.Fold($"{kind}")} '{name}' in {where}.{suggestion}")
                {
                    Remedy = isEmpty ? Remedy.CreateOperator : suggestion.Length > 0 ? null : NatsStore.ListOf(kind),
                    IsExplained = suggestion.Length > 0,
                },
                name);
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

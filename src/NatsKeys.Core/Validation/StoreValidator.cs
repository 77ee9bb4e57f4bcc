using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Validation;

/// <summary>Holds every entity of a store against its token, its time, its parent and the rules of its kind.</summary>
public static class StoreValidator
{
    /// <summary>Checks a store, users with all cores. What is found comes out as it is found, in the order of the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator to check; null for all.</param>
    /// <param name="expiresBy">Until when nothing may expire; null asks for what has expired.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>: there is no such operator.</exception>
    public static IEnumerable<StoreFinding> Check(NatsStore store, string? operatorName = null, DateTimeOffset? expiresBy = null)
    {
        DateTimeOffset now = store.Clock.GetUtcNow();
        return Check(store, operatorName, expiresBy is { } limit ? entity => ExpiryRules.Soon(entity, now, limit) : null);
    }

    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator to check; null for all.</param>
    /// <param name="look">What else is to be said of an entity that can be read. It is asked from several threads.</param>
    internal static IEnumerable<StoreFinding> Check(NatsStore store, string? operatorName, Func<NatsEntity, IEnumerable<StoreFinding>>? look)
    {
        DateTimeOffset now = store.Clock.GetUtcNow();
        EntityPath[] operators = operatorName is null ? [.. store.Names().Select(name => new EntityPath(name))] : [new EntityPath(operatorName)];
        foreach (EntityPath path in operators)
        {
            if (operatorName is not null && !store.Names().Contains(path.Name, StringComparer.OrdinalIgnoreCase))
            {
                throw new NatsKeysException(ErrorCode.EntityNotFound, $"There is no {path} in the store {store.Location}.");
            }

            var owners = new Dictionary<string, EntityPath>(StringComparer.Ordinal);
            foreach (Checked found in CheckBelow(store, path, parent: null, now, look))
            {
                foreach (StoreFinding finding in found.Findings)
                {
                    yield return finding;
                }

                if (found.Subject is { } subject && !owners.TryAdd(subject, found.Path))
                {
                    yield return StoreFinding.Of(found.Path, ValidationRules.StoreSubject, "subject", $"The {found.Path} has the key of the {owners[subject]}: a file was copied with its subject.");
                }
            }
        }
    }

    private static IEnumerable<Checked> CheckBelow(NatsStore store, EntityPath path, NatsEntity? parent, DateTimeOffset now, Func<NatsEntity, IEnumerable<StoreFinding>>? look)
    {
        (Checked found, NatsEntity? entity) = CheckOne(store, path, parent, now, look);
        yield return found;
        if (entity is NatsOperator)
        {
            foreach (Checked below in store.Names(entity.Path).SelectMany(name => CheckBelow(store, entity.Path.Child(name), entity, now, look)))
            {
                yield return below;
            }
        }
        else if (entity is NatsAccount account)
        {
            // What an account asks of its parent is found out once, before many ask it.
            _ = account.TrustedKeys;
            foreach (Checked user in store.Names(account.Path).AsParallel().AsOrdered().Select(name => CheckOne(store, account.Path.Child(name), account, now, look).Found))
            {
                yield return user;
            }
        }
    }

    private static (Checked Found, NatsEntity? Entity) CheckOne(NatsStore store, EntityPath path, NatsEntity? parent, DateTimeOffset now, Func<NatsEntity, IEnumerable<StoreFinding>>? look)
    {
        try
        {
            if (store.Load(path) is not { } found)
            {
                return (new Checked(path, Subject: null, []), null);
            }

            NatsEntity entity = store.Make(found.Path, found.Document, parent);
            List<StoreFinding> findings = [.. JwtValidator.CheckOne(entity, now).Select(finding => Of(entity.Path, finding))];
            if (entity.Wanted.Name != entity.Name)
            {
                findings.Add(StoreFinding.Of(entity.Path, ValidationRules.EntityName, "name", $"The {entity.Path} calls itself '{entity.Wanted.Name}'."));
            }

            if (look is not null)
            {
                findings.AddRange(look(entity));
            }

            return (new Checked(entity.Path, entity.Subject, findings), entity);
        }
        catch (NatsKeysException error)
        {
            return (new Checked(path, Subject: null, [StoreFinding.Of(path, ValidationRules.StoreUnreadable, "", error.Message) with { File = error.Path, Line = error.Line }]), null);
        }
    }

    /// <summary>That a user is revoked is what its account wants. It deserves a look all the same.</summary>
    private static StoreFinding Of(EntityPath path, Finding finding) => new(
        path, finding.Rule, finding.Rule == ValidationRules.TrustRevoked.Name ? FindingSeverity.Warning : finding.Severity, finding.Claim, finding.Message);

    private sealed record Checked(EntityPath Path, string? Subject, IReadOnlyList<StoreFinding> Findings);
}

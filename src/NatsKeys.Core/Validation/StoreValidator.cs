using NatsKeys.Entities;
using NatsKeys.Jwt;
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
        EntityPath[] operators = operatorName is null ? [.. store.Names().Select(name => new EntityPath(name))] : [store.LocateOperator(operatorName)];
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

                if (found.Entity?.Subject is { } subject && !owners.TryAdd(subject, found.Path))
                {
                    yield return StoreFinding.Of(found.Path, ValidationRules.StoreSubject, "subject", $"The {found.Path} has the key of the {owners[subject]}: a file was copied with its subject.");
                }
            }
        }
    }

    private static IEnumerable<Checked> CheckBelow(NatsStore store, EntityPath path, NatsEntity? parent, DateTimeOffset now, Func<NatsEntity, IEnumerable<StoreFinding>>? look)
    {
        (Checked? said, NatsKeysException? fault) = ChildReading.LookAt(store, path, parent, entity => CheckOne(entity, now, look));
        Checked found = Found(path, said, fault);
        yield return found;
        if (found.Entity is NatsOperator owner)
        {
            foreach (Checked below in store.Names(owner.Path).SelectMany(name => CheckBelow(store, owner.Path.Child(name), owner, now, look)))
            {
                yield return below;
            }
        }
        else if (found.Entity is NatsAccount account)
        {
            // What an account asks of its parent is found out once, before many ask it.
            _ = account.TrustedKeys;
            foreach ((EntityPath place, Checked? user, NatsKeysException? trouble) in ChildReading.LookAtChildren(account, store.Names(account.Path), user => CheckOne(user, now, look)))
            {
                yield return Found(place, user, trouble);
            }
        }
    }

    /// <summary>What was found of an entity, or that it cannot be read. Nothing was, of one that went meanwhile.</summary>
    private static Checked Found(EntityPath path, Checked? found, NatsKeysException? fault) => fault is null
        ? found ?? new Checked(path, Entity: null, [])
        : new Checked(path, Entity: null, [StoreFinding.Of(path, ValidationRules.StoreUnreadable, "", fault.Message) with { File = fault.Path, Line = fault.Line }]);

    private static Checked CheckOne(NatsEntity entity, DateTimeOffset now, Func<NatsEntity, IEnumerable<StoreFinding>>? look)
    {
        List<StoreFinding> findings = [.. JwtValidator.CheckOne(entity, now).Select(finding => Of(entity.Path, finding))];
        if (entity.Wanted.Name != entity.Name)
        {
            findings.Add(StoreFinding.Of(entity.Path, ValidationRules.EntityName, "name", $"The {entity.Path} calls itself '{entity.Wanted.Name}'."));
        }

        if (entity.Jwt is { } token && TokenLimits.Warning(entity.Kind.ToClaimKind(), token.Length, entity.Path.ToString()) is { } warning)
        {
            // Servers may have been told to take longer lines.
            ValidationRule rule = entity is NatsUser ? ValidationRules.ControlLine : ValidationRules.TokenLong;
            findings.Add(StoreFinding.Of(entity.Path, rule, "jwt", warning) with { Severity = FindingSeverity.Warning });
        }

        if (look is not null)
        {
            findings.AddRange(look(entity));
        }

        return new Checked(entity.Path, entity, findings);
    }

    /// <summary>That a user is revoked is what its account wants. It deserves a look all the same.</summary>
    private static StoreFinding Of(EntityPath path, Finding finding)
    {
        FindingSeverity severity = finding.Rule == ValidationRules.TrustRevoked.Name ? FindingSeverity.Warning : finding.Severity;
        return new StoreFinding(path, finding.Rule, severity, finding.Claim, finding.Message) { Advice = ValidationRules.Find(finding.Rule)?.Advice };
    }

    private sealed record Checked(EntityPath Path, NatsEntity? Entity, IReadOnlyList<StoreFinding> Findings);
}

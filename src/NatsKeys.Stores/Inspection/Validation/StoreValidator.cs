using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Checks how servers would treat a store: each entity (<see cref="EntityChecker"/>), users and their roles (<see cref="UserChecks"/>), accounts and
/// their imports (<see cref="ImportChecks"/>), the system account (<see cref="SystemAccountCheck"/>), and keys (<see cref="SharedKeys"/>).
/// </summary>
internal static class StoreValidator
{
    /// <summary>
    /// Checks a store, and its users on all cores. Findings are returned as they are found, in the order of the store. Findings about several
    /// accounts of an operator come after those about each account.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator to check; null for all.</param>
    /// <param name="expiresBy">Reports what expires before this time; null reports only what has expired.</param>
    /// <param name="servers">
    /// The server versions to check for; null for all supported versions that the operator allows.
    /// </param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>: the operator does not exist.</exception>
    public static IEnumerable<StoreFinding> Check(
        NatsStore store, string? operatorName = null, DateTimeOffset? expiresBy = null, ServerVersions? servers = null)
    {
        DateTimeOffset now = store.Clock.GetUtcNow();
        return Check(store, operatorName, expiresBy is { } limit ? entity => ExpiryRules.Soon(entity, now, limit) : null, servers);
    }

    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator to check; null for all.</param>
    /// <param name="inspect">Returns further findings about an entity that can be read. It runs on several threads.</param>
    /// <param name="servers">The server versions to check for.</param>
    internal static IEnumerable<StoreFinding> Check(
        NatsStore store, string? operatorName, Func<NatsEntity, IEnumerable<StoreFinding>>? inspect, ServerVersions? servers = null)
    {
        DateTimeOffset now = store.Clock.GetUtcNow();
        var keys = new SharedKeys();
        EntityPath[] operators = operatorName is null
            ? [.. store.Names().Select(name => new EntityPath(name))]
            : [store.LocateOperator(operatorName)];
        foreach (EntityPath path in operators)
        {
            if (operatorName is not null && !store.Names().Contains(path.Name, StringComparer.OrdinalIgnoreCase))
            {
                throw store.Missing(EntityKind.Operator, path.ToString(), Spelling.Suggest(path.Name, store.Names()));
            }

            var owners = new Dictionary<string, EntityPath>(StringComparer.Ordinal);
            foreach (Checked found in new OperatorWalk(store, path, now, inspect, servers).Check())
            {
                foreach (StoreFinding finding in found.Findings)
                {
                    yield return finding;
                }

                if (found.Entity?.Subject is { } subject && !owners.TryAdd(subject, found.Path))
                {
                    yield return StoreFinding.Of(
                        found.Path,
                        EntityRules.StoreSubject,
                        "subject",
                        $"The {found.Path} has the same key as the {owners[subject]}. One of the files is probably a copy that kept its subject.");
                }

                foreach (StoreFinding finding in found.Entity is NatsOperator or NatsAccount ? keys.Add(found.Entity) : [])
                {
                    // Other findings about a copy are already reported.
                    if (owners.GetValueOrDefault(found.Entity!.Subject ?? "") == found.Path)
                    {
                        yield return finding;
                    }
                }
            }
        }
    }

    private sealed record Checked(EntityPath Path, NatsEntity? Entity, IReadOnlyList<StoreFinding> Findings);

    /// <summary>An operator with its accounts and users.</summary>
    private sealed class OperatorWalk(
        NatsStore store, EntityPath path, DateTimeOffset now, Func<NatsEntity, IEnumerable<StoreFinding>>? inspect, ServerVersions? asked)
    {
        private readonly List<(EntityPath Path, AccountNode Node)> accounts = [];
        private bool areAllRead = true;
        private ServerVersions servers = asked ?? ServerVersions.All;

        public IEnumerable<Checked> Check()
        {
            (NatsEntity? above, NatsKeysException? fault) = ChildReader.ReadOne(store, path, parent: null);
            if (above is not NatsOperator owner)
            {
                yield return Found(path, found: null, fault);
                yield break;
            }

            servers = asked ?? ServerVersions.Since(owner.Signed.AssertServerVersion);
            yield return CheckOne(owner, users: null);
            foreach (Checked below in store.Names(owner.Path).SelectMany(name => CheckAccount(owner, owner.Path.Child(name))))
            {
                yield return below;
            }

            yield return new Checked(owner.Path, Entity: null, [.. CheckSystemAccount(owner), .. Relations(owner)]);
        }

        private IEnumerable<Checked> CheckAccount(NatsOperator owner, EntityPath place)
        {
            (NatsEntity? entity, NatsKeysException? fault) = ChildReader.ReadOne(store, place, owner);
            if (entity is not NatsAccount account)
            {
                areAllRead &= fault is null;
                yield return Found(place, found: null, fault);
                yield break;
            }

            // The account's inherited values are computed here, before several threads need them.
            _ = account.TrustedKeys;
            yield return CheckOne(account, users: null);
            var users = new UserChecks(account.Signed, servers);
            foreach ((EntityPath below,
                Checked? user, NatsKeysException? trouble) in ChildReader.InspectChildren(account, store.Names(account.Path),
                user => CheckOne(user, users)))
            {
                yield return Found(below, user, trouble);
            }
        }

        private Checked CheckOne(NatsEntity entity, UserChecks? users)
        {
            (List<StoreFinding> found, bool isTaken) = new EntityChecker(now, servers).Check(entity, users);
            if (inspect is not null)
            {
                found.AddRange(inspect(entity));
            }

            if (entity is NatsAccount account)
            {
                accounts.Add((account.Path, new AccountNode(account.Path.ToString(), account.Signed, isTaken)));
            }

            return new Checked(entity.Path, entity, found);
        }

        /// <summary>Checks that the system account exists, and that servers start with it.</summary>
        private IEnumerable<StoreFinding> CheckSystemAccount(NatsOperator owner)
        {
            OperatorClaims claims = owner.Signed;
            if (string.IsNullOrEmpty(claims.SystemAccount))
            {
                yield break;
            }

            int index = accounts.FindIndex(account => account.Node.Claims.Subject == claims.SystemAccount);
            if (index < 0)
            {
                if (areAllRead)
                {
                    yield return StoreFinding.Of(
                        owner.Path,
                        ValidationRules.SystemMissing,
                        "system_account",
                        $"The system account {claims.SystemAccount} of the {owner.Path} is not in the store: servers configured with it do "
                            + "not start.");
                }

                yield break;
            }

            (EntityPath system, AccountNode node) = accounts[index];
            if (SystemAccountCheck.FaultOf(claims, node.Claims, node.Place) is { } fault)
            {
                yield return StoreFinding.Of(system, ValidationRules.SystemJetStream, "limits", fault);
            }
        }

        /// <summary>Checks imports between accounts. If an account cannot be read, its exports are unknown.</summary>
        private IEnumerable<StoreFinding> Relations(NatsOperator owner)
        {
            var imports = new ImportChecks(accounts.Select(account => account.Node), owner.Signed, now);
            foreach ((EntityPath importer, AccountNode account) in accounts.Where(account => account.Node.Claims.Imports.Count > 0))
            {
                var findings = new Findings(servers);
                imports.Check(account, findings);
                foreach (Finding finding in findings.All.Where(finding => areAllRead || finding.Rule != ValidationRules.ImportExporter.Name))
                {
                    yield return StoreFinding.Of(importer, finding);
                }
            }
        }

        /// <summary>The findings about an entity, or that it cannot be read; empty if it was removed meanwhile.</summary>
        private static Checked Found(EntityPath place, Checked? found, NatsKeysException? fault) => fault is null
            ? found ?? new Checked(place, Entity: null, [])
            : new Checked(
                place,
                Entity: null,
                [StoreFinding.Of(place, EntityRules.StoreUnreadable, "", fault.Message) with { File = fault.Path, Line = fault.Line }]);
    }
}

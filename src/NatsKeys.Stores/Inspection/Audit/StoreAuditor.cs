using System.Collections.Concurrent;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Audits a store: finds invalid entities, credentials and keys, and those that work but could be safer.</summary>
internal sealed class StoreAuditor
{
    /// <summary>The default period before an expiry in which a warning is shown.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private readonly NatsStore store;
    private readonly DateTimeOffset? expiresBy;
    private readonly ServerVersions? servers;
    private readonly DateTimeOffset now;
    private readonly CredentialAuditor credentials;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly Lock adding = new();
    private readonly ConcurrentDictionary<string, AccessAuditor> access = new(StringComparer.Ordinal);

    private StoreAuditor(NatsStore store, DateTimeOffset? expiresBy, ServerVersions? servers)
    {
        (this.store, this.expiresBy, this.servers) = (store, expiresBy, servers);
        now = store.Clock.GetUtcNow();
        credentials = new CredentialAuditor(store, now);
    }

    /// <summary>
    /// Checks a store, and its users on all cores. Findings are returned as they are found, in the order of the store. Credentials and keys come
    /// last.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="minimum">The lowest severity to return. Files that could only have lower findings are not read.</param>
    /// <param name="operatorName">The operator to check; null for all.</param>
    /// <param name="expiresBy">Reports what expires before this time; null warns of what expires within thirty days.</param>
    /// <param name="servers">
    /// The server versions to check for; null for all supported versions that the operator allows.
    /// </param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>: the operator does not exist.</exception>
    public static IEnumerable<StoreFinding> Check(
        NatsStore store,
        FindingSeverity minimum = FindingSeverity.Advice,
        string? operatorName = null,
        DateTimeOffset? expiresBy = null,
        ServerVersions? servers = null)
    {
        IEnumerable<StoreFinding> found = minimum < FindingSeverity.Warning
            ? StoreValidator.Check(store, operatorName, expiresBy, servers)
            : new StoreAuditor(store, expiresBy, servers).Check(operatorName);
        return found.Where(finding => finding.Severity <= minimum).Select(finding => finding.In(store));
    }

    private IEnumerable<StoreFinding> Check(string? operatorName)
    {
        bool areAllRead = true;
        foreach (StoreFinding finding in StoreValidator.Check(store, operatorName, Inspect, servers))
        {
            areAllRead &= finding.Rule != EntityRules.StoreUnreadable.Name;
            yield return finding;
        }

        // While a file cannot be read, it is unknown who has access, and whether a key is used.
        foreach (StoreFinding finding in (areAllRead ? access.OrderBy(of => of.Key, StringComparer.Ordinal).SelectMany(of => of.Value.Find()) : [])
            .Concat(LookAlikeNames(operatorName))
            .Concat(Rotations(operatorName))
            .Concat(ExposedKeys())
            .Concat(credentials.Orphans(operatorName))
            .Concat(areAllRead && operatorName is null ? OrphanedKeys() : []))
        {
            yield return finding;
        }
    }

    /// <summary>The findings about an entity. This runs on several threads.</summary>
    private IEnumerable<StoreFinding> Inspect(NatsEntity entity)
    {
        Remember(entity);
        bool isOver = (entity as NatsUser)?.IsOver(now) == true;
        if (!isOver)
        {
            access.GetOrAdd(entity.Path.Operator, _ => new AccessAuditor((NatsOperator)entity.Parent.Parent)).Add(entity);
        }

        return
        [
            .. Ends(entity),
            .. ExpiredActivations(entity),
            .. isOver ? [] : EntityAuditor.Of(entity, now),
            .. entity is NatsUser user ? credentials.Of(user) : [],
        ];
    }

    /// <summary>Gets what expires soon. If no time was requested, this is only a warning.</summary>
    private IEnumerable<StoreFinding> Ends(NatsEntity entity) => expiresBy is { } limit
        ? ExpiryRules.Soon(entity, now, limit)
        : ExpiryRules.Soon(entity, now, now + Soon).Select(finding => finding with { Severity = FindingSeverity.Warning });

    /// <summary>The expired activations. Servers ignore these imports.</summary>
    private IEnumerable<StoreFinding> ExpiredActivations(NatsEntity entity) => ExpiryRules.Activations(entity)
        .Where(activation => activation.End <= now)
        .Select(activation => StoreFinding.Of(
            entity.Path,
            AuditRules.ActivationExpired,
            activation.Claim,
            $"The activation with which the {entity.Path} imports '{activation.Import.Subject}' expired at {activation.End:u}."));

    /// <summary>Records the keys of both the current and the last signed claims, because an unsigned edit may still be undone.</summary>
    private void Remember(NatsEntity entity)
    {
        string[] found = [.. KeyUses.KeysOf(entity.Wanted), .. KeyUses.KeysOf(entity.Document.Signed)];
        lock (adding)
        {
            keys.UnionWith(found);
        }
    }

    private IEnumerable<StoreFinding> Rotations(string? operatorName)
    {
        try
        {
            List<RotationRecord> rotations = store.ReadRotations();
            foreach (RotationRecord rotation in rotations)
            {
                // The old key is no longer listed, but some servers may still accept only that key.
                keys.UnionWith([rotation.OldKey, rotation.NewKey]);
            }

            return [.. rotations
                .Where(rotation => IsOf(rotation.Owner, operatorName))
                .Select(Describe)];
        }
        catch (NatsKeysException error)
        {
            return [StoreFinding.Of(path: null, AuditRules.UnfinishedRotation, "", error.Message) with { File = error.Path, Line = error.Line }];
        }
    }

    private static StoreFinding Describe(RotationRecord rotation) => rotation.AwaitsServers
        ? StoreFinding.Of(
            rotation.Owner, AuditRules.UnconfirmedRotation, "",
            $"The key {rotation.OldKey} of the system {rotation.Owner} was replaced by {rotation.NewKey}, but not all servers have confirmed the new "
                + "key. The seed of the old key may still be needed.")
        : StoreFinding.Of(
            rotation.Owner, AuditRules.UnfinishedRotation, "",
            $"A rotation of the {rotation.Owner} from {rotation.OldKey} to {rotation.NewKey} is in progress: not everything is signed again "
                + "yet.");

    /// <summary>Finds names that look alike within the same parent.</summary>
    private IEnumerable<StoreFinding> LookAlikeNames(string? operatorName)
    {
        IEnumerable<EntityPath> chosen = store.Names().Select(name => new EntityPath(name)).Where(path => IsOf(path, operatorName));
        IEnumerable<EntityPath?> parents = chosen.SelectMany(path => store.Names(path).Select(path.Child).Prepend(path));
        return parents.Prepend(null)
            .SelectMany(parent => LookAlikes.In(store, parent))
            .Where(pair => IsOf(pair.Path, operatorName))
            .Select(pair => StoreFinding.Of(pair.Path, AuditRules.LookAlike, "name", LookAlikes.Message(pair.Path, pair.Other)));
    }

    private IEnumerable<StoreFinding> ExposedKeys() =>
        store.Keys.Exposures.Select(exposure => StoreFinding.Of(path: null, AuditRules.ExposedKeys, "", exposure));

    private IEnumerable<StoreFinding> OrphanedKeys() =>
        store.Keys.PublicKeys().Where(key => !keys.Contains(key)).Order(StringComparer.Ordinal).Select(key => StoreFinding.Of(
        path: null,
        AuditRules.OrphanedKey,
        "",
        $"No entity in the store uses the {TypeOf(key)} key {key}, whose seed is in the key root {store.Keys.Location}."));

    private static bool IsOf(EntityPath path, string? operatorName) =>
        operatorName is null || path.Operator.Equals(operatorName, StringComparison.OrdinalIgnoreCase);

    private static string TypeOf(string publicKey) =>
        PublicNkey.TryGetType(publicKey, out NatsKeyType type) ? type.ToString().ToLowerInvariant() : "";
}

using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Reports imports of a newly signed account that servers will drop, judging by the current state of the other accounts. The other accounts may still
/// change, so these imports are not errors.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class ImportNotices(NatsStore store)
{
    // A command may sign many accounts. It reads each of the others once, and again only after a change.
    private readonly Dictionary<EntityPath, (object? Version, AccountNode? Account)> read = [];
    private Group? current;

    /// <summary>Begins a transaction. Other processes may have changed accounts since the previous one.</summary>
    public void Renew() => current = null;

    /// <summary>Finds the problems with imports that are new.</summary>
    /// <param name="path">The account; other entities have no imports.</param>
    /// <param name="claims">The claims of the account.</param>
    /// <param name="before">The previously signed document; null for a new account.</param>
    /// <param name="changed">The future state of an account that changes in the same transaction; null for none.</param>
    public IReadOnlyList<Finding> Of(EntityPath path, ClaimSet claims, EntityDocument? before, NatsAccount? changed = null)
    {
        if (claims is not AccountClaims account || account.Imports.Count == 0 || path.Parent is not { } above)
        {
            return [];
        }

        HashSet<string> known = before?.TryReadUnchecked()?.Claims is AccountClaims old ? [.. old.Imports.Select(import => import.ToString())] : [];
        int[] news = [.. Enumerable.Range(0, account.Imports.Count).Where(index => !known.Contains(account.Imports[index].ToString()))];
        if (news.Length == 0)
        {
            return [];
        }

        DateTimeOffset now = store.Clock.GetUtcNow();
        if (current?.Owner.Path != above)
        {
            current = GroupOf(store.GetShared<NatsOperator>(above), path, now);
        }

        if (changed is not null)
        {
            current.Checks.Replace(NodeOf(changed.Path, changed.Claims));
        }

        AccountNode own = NodeOf(path, account);
        current.Checks.Replace(own);
        var findings = new Findings(ServerVersions.Since(current.Owner.Claims.AssertServerVersion));
        current.Checks.Check(own, findings);
        foreach (int index in news)
        {
            if (ImportUse.EndOf(account.Imports[index]) is { } end && end <= now)
            {
                findings.Add(
                    AuditRules.ActivationExpired,
                    new ClaimPath("imports", index),
                    $"The activation for '{Excerpt.Of(account.Imports[index].Subject)}' expired at {end:u}: servers drop the "
                        + "import.");
            }
        }

        string[] places = [.. news.Select(index => $"imports[{index}]")];

        // The exporter may exist outside this store. A caller that specifies its key is assumed to know that.
        return [.. findings.All.Where(finding => places.Contains(finding.Claim) && finding.Rule != ValidationRules.ImportExporter.Name)];
    }

    private Group GroupOf(NatsOperator owner, EntityPath signed, DateTimeOffset now)
    {
        EntityPath[] others = [.. store.Names(owner.Path).Select(owner.Path.Child).Where(other => other != signed)];
        foreach (string name in store.Ahead(owner.Path, others.Where(other => !IsCurrent(other)).Select(other => other.Name)))
        {
            EntityPath other = owner.Path.Child(name);
            object? version = store.VersionOf(other);
            read[other] = (version, store.FindReadable(other) is NatsAccount found ? NodeOf(other, found.Signed) : null);
        }

        return new Group(owner, new ImportChecks(others.Select(other => read[other].Account).OfType<AccountNode>(), owner.Claims, now));
    }

    private bool IsCurrent(EntityPath account) =>
        read.TryGetValue(account, out (object? Version, AccountNode?) known)
            && known.Version is { } version
            && version.Equals(store.VersionOf(account));

    private static AccountNode NodeOf(EntityPath path, AccountClaims claims) => new(path.ToString(), claims, IsTaken: true);

    /// <summary>The accounts of an operator as a transaction sees them.</summary>
    private sealed record Group(NatsOperator Owner, ImportChecks Checks);
}

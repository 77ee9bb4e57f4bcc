using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Reports imports of a newly signed account that servers will drop, judging by the current state of the other accounts. The other accounts may still
/// change, so these imports are not errors.
/// </summary>
internal static class ImportNotices
{
    /// <summary>Finds the problems with imports that are new.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The account; other entities have no imports.</param>
    /// <param name="claims">The claims of the account.</param>
    /// <param name="before">The previously signed document; null for a new account.</param>
    /// <param name="changed">The future state of an account that changes in the same transaction; null for none.</param>
    public static IReadOnlyList<Finding> Of(NatsStore store, EntityPath path, ClaimSet claims, EntityDocument? before, NatsAccount? changed = null)
    {
        if (claims is not AccountClaims account || account.Imports.Count == 0 || path.Parent is not { } above)
        {
            return [];
        }

        HashSet<string> known = before?.TryReadUnchecked()?.Claims is AccountClaims old ? [.. old.Imports.Select(import => import.ToString())] : [];
        int[] news = [.. Enumerable.Range(0, account.Imports.Count).Where(index => !known.Contains(account.Imports[index].ToString()))];
        if (news.Length == 0 || store.GetShared(above) is not NatsOperator owner)
        {
            return [];
        }

        var own = new AccountNode(path.ToString(), account, IsTaken: true);
        IEnumerable<AccountNode> others = store.Names(above)
            .Select(above.Child)
            .Where(other => other != path)
            .Select(store.FindReadable).OfType<NatsAccount>()
            .Select(other => new AccountNode(
                other.Path.ToString(), other.Path == changed?.Path ? changed.Claims : (AccountClaims)other.Document.Signed, IsTaken: true));
        var findings = new Findings(ServerVersions.Since(owner.Claims.AssertServerVersion));
        DateTimeOffset now = store.Clock.GetUtcNow();
        new ImportChecks([own, .. others], owner.Claims, now).Check(own, findings);
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
}

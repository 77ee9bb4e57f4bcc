using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Reports users whom a change of an account's roles or labels locks out: users that are already signed, but whose templates can no longer be
/// expanded.
/// </summary>
internal static class RoleNotices
{
    private const int Shown = 5;

    /// <summary>Finds new problems of the users whose roles changed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The account; other entities have no roles.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="parent">Its operator.</param>
    /// <param name="before">The previously signed document; null for a new account, which has no users.</param>
    /// <returns>A finding for each rule, which names the affected users.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.RuleBroken"/>: a server would crash when one of the users connects.</exception>
    public static IReadOnlyList<Finding> Of(NatsStore store, EntityPath path, ClaimSet claims, NatsEntity? parent, EntityDocument? before)
    {
        if (claims is not AccountClaims account || before?.TryReadUnchecked()?.Claims is not AccountClaims old || parent is not NatsOperator above)
        {
            return [];
        }

        HashSet<string> known = [.. old.SigningKeys.Select(key => key.ToString())];
        bool sameTags = old.Tags.SequenceEqual(account.Tags);
        string[] changed = [.. account.SigningKeys
            .Where(key => key.IsScoped && !(sameTags && known.Contains(key.ToString())))
            .Select(key => key.Key)];
        var servers = ServerVersions.Since(above.Claims.AssertServerVersion);
        var checks = new UserChecks(account, servers);
        if (!changed.Any(checks.Expands))
        {
            return [];
        }

        var oldChecks = new UserChecks(old, servers);
        var news = new List<(string User, Finding Finding)>();
        foreach (NatsUser user in store.Names(path)
            .Select(path.Child)
            .Select(store.FindReadable)
            .OfType<NatsUser>()
            .Where(user => changed.Contains(user.Issuer)))
        {
            (Findings found, Findings standing) = (new Findings(servers), new Findings(servers));
            checks.Check(user.Claims, user.Issuer, found);
            oldChecks.Check(user.Claims, user.Issuer, standing);
            news.AddRange(found.All.Where(finding => !standing.All.Any(other => other.Rule == finding.Rule)).Select(finding => (user.Name, finding)));
        }

        Finding[] all = [.. news
            .GroupBy(item => item.Finding.Rule)
            .Select(group => group.First().Finding with
            {
                Message = $"{Named([.. group.Select(item => item.User)])}: {group.First().Finding.Message}",
            })];
        return all.FirstOrDefault(finding => finding.Rule == TrustRules.TemplateCrash.Name) is { } crash
            ? throw new NatsKeysException(
                ErrorCode.RuleBroken, $"The {path} breaks rules that servers enforce: {Findings.Show([crash])}. Nothing was signed.")
            : all;
    }

    private static string Named(string[] users) =>
        $"The change affects {(users.Length == 1 ? "the user" : $"{users.Length} users,")} "
            + $"{string.Join(", ", users.Take(Shown))}{(users.Length > Shown ? ", …" : "")}";
}

using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Finds imports that close a cycle, by the rules of servers: checkStreamImportsForCycles and checkServiceImportsForCycles in accounts.go. Servers
/// also report some cycles that are none: an account that imports something and is reachable on two paths counts as one.
/// </summary>
/// <param name="accounts">All accounts, by their keys.</param>
/// <param name="systemAccount">The key of the system account, from which all others import.</param>
/// <param name="isUsed">Whether servers use an import, judging by its exporter.</param>
internal sealed class ImportCycles(
    IReadOnlyDictionary<string, AccountNode> accounts, string? systemAccount, Func<AccountNode, AccountImport, bool> isUsed)
{
    /// <summary>The services of the system account that servers let every account use.</summary>
    private static readonly (string Local, string Foreign)[] SystemServices =
    [
        ("$SYS.REQ.ACCOUNT.PING.CONNZ", "$SYS.REQ.ACCOUNT.{0}.CONNZ"), ("$SYS.REQ.SERVER.PING.CONNZ", "$SYS.REQ.ACCOUNT.{0}.CONNZ"),
        ("$SYS.REQ.ACCOUNT.PING.STATZ", "$SYS.REQ.ACCOUNT.{0}.STATZ"), ("$SYS.REQ.USER.INFO", "$SYS.REQ.USER.{0}.INFO"),
    ];

    private readonly Dictionary<(string Account, string Type), Link[]> links = [];

    /// <summary>Whether servers of a version decide that an import closes a cycle, when all other accounts already have their imports.</summary>
    public bool FormsOne(AccountNode importer, AccountImport import, ServerVersion server)
    {
        string exporter = import.Account!;
        (string local, string foreign) = ImportUse.SubjectsOf(import);
        if (import.Type == "service")
        {
            string asked = server.Has(ServerFeature.ServiceCircles) && Subjects.HasWildcardToken(foreign)
                ? SubjectTransform.Unnumbered(local)
                : local;
            return Finds(exporter, "service", asked, [importer.Claims.Subject!], server);
        }

        return Finds(exporter, "stream", local, [importer.Claims.Subject!], server)
            || (server.Has(ServerFeature.StreamCircles) && Finds(exporter, "stream", foreign, [importer.Claims.Subject!], server));
    }

    private bool Finds(string account, string type, string subject, HashSet<string> visited, ServerVersion server)
    {
        // A stream that is not exported again ends the search.
        if (!accounts.TryGetValue(account, out AccountNode? node)
            || (
                type == "stream"
                    && !node.Claims.Exports.Any(export => !export.IsNull && export.Type == type && Subjects.Covers(export.Subject ?? "", subject))))
        {
            return false;
        }

        foreach (Link link in LinksOf(node, type))
        {
            (string seen, string passed) = type == "stream" ? (link.Local, link.Local) : (link.Foreign, link.Local);
            if (!Subjects.Collide(subject, seen))
            {
                continue;
            }

            if (visited.Contains(link.Exporter))
            {
                return true;
            }

            visited.Add(account);
            string next = Subjects.Covers(subject, passed) ? passed : subject;
            if (Finds(link.Exporter, type, next, visited, server))
            {
                return true;
            }

            // Older servers continue with the subject of the previous path.
            subject = server.Has(ServerFeature.SeparateCircles) ? subject : next;
        }

        return false;
    }

    private Link[] LinksOf(AccountNode node, string type)
    {
        string key = node.Claims.Subject!;
        if (!links.TryGetValue((key, type), out Link[]? known))
        {
            IEnumerable<Link> own = node.Claims.Imports.Where(import => import.Type == type && isUsed(node, import)).Select(LinkOf);
            bool asksSystem = type == "service" && !string.IsNullOrEmpty(systemAccount) && key != systemAccount;
            links[(key, type)] = known = [.. own, .. asksSystem ? SystemServices
                .Select(service => new Link(systemAccount!, service.Local, service.Foreign.Replace("{0}", key, StringComparison.Ordinal))) : []];
        }

        return known;
    }

    private static Link LinkOf(AccountImport import)
    {
        (string local, string foreign) = ImportUse.SubjectsOf(import);
        bool isRenamed = local != foreign && Subjects.HasWildcardToken(foreign);
        return isRenamed
            ? new Link(import.Account!, SubjectTransform.Unnumbered(local), import.Type == "service" ? SubjectTransform.Unnumbered(foreign) : foreign)
            : new Link(import.Account!, local, foreign);
    }

    /// <param name="Exporter">The key of the exporting account.</param>
    /// <param name="Local">The subject on the importer's side.</param>
    /// <param name="Foreign">The subject on the exporter's side.</param>
    private sealed record Link(string Exporter, string Local, string Foreign);
}

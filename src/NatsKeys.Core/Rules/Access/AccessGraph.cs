using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Finds the routes by which messages reach the subjects of an account, and go on to other accounts: by publishing, mappings and imports, as servers
/// handle them. Tests with servers of several versions showed:
/// <list type="bullet">
/// <item>A mapping is applied first. Publish permissions are checked against its target.</item>
/// <item>Requests pass through the imports of services, one after the other, and through the mappings of each exporter.</item>
/// <item>Streams pass through one import only: imported messages are not exported again, and neither are requests that came through a service.</item>
/// </list>
/// </summary>
internal sealed class AccessGraph
{
    private readonly Dictionary<string, AccountFlow> flows = new(StringComparer.Ordinal);
    private readonly ILookup<string, ImportFlow> importsByExporter;

    /// <param name="accounts">All accounts of one operator.</param>
    /// <param name="above">The operator.</param>
    /// <param name="now">The time.</param>
    /// <param name="server">The version of the servers.</param>
    public AccessGraph(IEnumerable<AccountNode> accounts, OperatorClaims above, DateTimeOffset now, ServerVersion server)
    {
        AccountNode[] nodes = [.. accounts.Select(account => AccountFlow.InTime(account, now))];
        var checks = new ImportChecks(nodes, above, now);
        foreach (AccountNode node in nodes.Where(node => node.IsTaken))
        {
            flows.TryAdd(node.Claims.Subject ?? "", new AccountFlow(node, checks, server));
        }

        importsByExporter = flows.Values.SelectMany(flow => flow.Imports).ToLookup(import => import.Exporter);
    }

    /// <summary>Finds the routes from the clients who can publish to subjects of an account. There are no others.</summary>
    /// <param name="account">The key of the account.</param>
    /// <param name="subjects">The subjects.</param>
    public IEnumerable<AccessRoute> ToPublish(string account, SubjectSet subjects)
    {
        if (!flows.TryGetValue(account, out AccountFlow? flow))
        {
            return [];
        }

        // Messages that come in by a stream were published by a client of the exporting account itself.
        Way asked = Start(subjects);
        IEnumerable<AccessRoute> streams =
            from import in flow.Imports
            where !import.IsService && flows.ContainsKey(import.Exporter)
            let sent = asked.Before(import, import.Map.Preimage(subjects), import.Map.Image, [ExportOf(import), import.Step])
            where !sent.Subjects.IsEmpty
            from route in Senders(flows[import.Exporter], sent, areClients: true)
            select route;
        return Senders(flow, asked, areClients: false).Concat(streams);
    }

    /// <summary>Finds the routes from subjects of an account to the clients who receive what is published to them.</summary>
    /// <param name="account">The key of the account.</param>
    /// <param name="subjects">The subjects.</param>
    public IEnumerable<AccessRoute> ToSubscribe(string account, SubjectSet subjects) => flows.TryGetValue(account, out AccountFlow? flow)
        ? Arrivals(flow, Start(subjects), keeps: true).SelectMany(way => Readers(flow, way, isRequest: false))
        : [];

    /// <summary>Gets the imports of an account that servers use.</summary>
    /// <param name="account">The key of the account.</param>
    public IReadOnlyList<ImportFlow> ImportsOf(string account) => flows.TryGetValue(account, out AccountFlow? flow) ? flow.Imports : [];

    /// <summary>Gets the imports by which other accounts import from an account, as far as servers use them.</summary>
    /// <param name="account">The key of the account.</param>
    public IEnumerable<ImportFlow> ImportsFrom(string account) => importsByExporter[account];

    /// <summary>Finds the routes from clients whose messages leave an account, through an exported stream or a service.</summary>
    /// <param name="account">The key of the account.</param>
    /// <param name="subjects">The subjects.</param>
    /// <param name="areClients">
    /// Whether only clients of the account count, because messages that come in by a service do not go on by a stream.
    /// </param>
    public IEnumerable<AccessRoute> ToForward(string account, SubjectSet subjects, bool areClients) =>
        flows.TryGetValue(account, out AccountFlow? flow) ? Senders(flow, Start(subjects), areClients) : [];

    /// <summary>Finds the routes from requests that reach an account by a service to the clients who receive them.</summary>
    /// <param name="account">The key of the account.</param>
    /// <param name="subjects">The subjects of the requests.</param>
    public IEnumerable<AccessRoute> ToAnswer(string account, SubjectSet subjects) => flows.TryGetValue(account, out AccountFlow? flow)
        ? Arrivals(flow, Start(subjects), keeps: false).SelectMany(way => Readers(flow, way, isRequest: true))
        : [];

    private static Way Start(SubjectSet subjects) => new(subjects, set => set, [], IsCertain: true, []);

    private IEnumerable<AccessRoute> Senders(AccountFlow flow, Way way, bool areClients)
    {
        SubjectSet staying = way.Subjects.Subtract(flow.MappedAway);
        if (!staying.IsEmpty)
        {
            yield return way.To(flow, staying);
        }

        foreach (MappingFlow mapping in flow.Mappings)
        {
            SubjectSet mapped = mapping.Map.Image(mapping.Map.Source).Intersect(way.Subjects);
            if (!mapped.IsEmpty)
            {
                yield return way.Before(mapped, set => set, mapping.Step, mapping.Map.IsExact).To(flow, mapped) with { Mapping = mapping.Map };
            }
        }

        if (areClients)
        {
            yield break;
        }

        foreach (ImportFlow import in importsByExporter[flow.Account.Claims.Subject ?? ""].Where(import => import.IsService && !way.Has(import)))
        {
            IEnumerable<Way> arrivals = flow.Mappings
                .Select(mapping => way.Before(
                    mapping.Map.Preimage(way.Subjects), set => mapping.Map.Image(set).Intersect(way.Subjects), mapping.Step, mapping.Map.IsExact))
                .Prepend(way with { Subjects = staying });
            foreach (Way arrival in arrivals)
            {
                Way sent = arrival.Before(
                    import, import.Map.Preimage(arrival.Subjects), import.Map.Image, [import.Step, ExportOf(import)]);
                foreach (AccessRoute route in sent.Subjects.IsEmpty ? [] : Senders(import.Owner, sent, areClients: false))
                {
                    yield return route;
                }
            }
        }
    }

    /// <summary>Determines on which subjects messages arrive that are published in an account, or that reach it as requests.</summary>
    /// <param name="flow">The account.</param>
    /// <param name="way">The route so far.</param>
    /// <param name="keeps">Whether to include messages on a subject that is mapped away, because other messages may have been mapped to it.</param>
    private static IEnumerable<Way> Arrivals(AccountFlow flow, Way way, bool keeps) => flow.Mappings
        .Select(mapping => way.Before(mapping.Map.Image(way.Subjects), mapping.Map.Preimage, mapping.Step, mapping.Map.IsExact))
        .Prepend(keeps ? way : way with { Subjects = way.Subjects.Subtract(flow.MappedAway) })
        .Where(arrival => !arrival.Subjects.IsEmpty);

    private IEnumerable<AccessRoute> Readers(AccountFlow flow, Way way, bool isRequest)
    {
        yield return way.To(flow, way.Subjects);
        foreach (ImportFlow import in importsByExporter[flow.Account.Claims.Subject ?? ""].Where(import => !import.IsService && !isRequest))
        {
            Way received = way.Before(
                import, import.Map.Image(way.Subjects), import.Map.Preimage, [import.Step, ExportOf(import)]);
            if (!received.Subjects.IsEmpty)
            {
                yield return received.To(import.Owner, received.Subjects);
            }
        }

        foreach (ImportFlow import in flow.Imports.Where(import => import.IsService && !way.Has(import)))
        {
            if (!flows.TryGetValue(import.Exporter, out AccountFlow? exporter))
            {
                continue;
            }

            Way asked = way.Before(import, import.Map.Image(way.Subjects), import.Map.Preimage, [ExportOf(import), import.Step]);
            foreach (AccessRoute route in Arrivals(exporter, asked, keeps: false).SelectMany(arrival => Readers(exporter, arrival, isRequest: true)))
            {
                yield return route;
            }
        }
    }

    private AccessStep ExportOf(ImportFlow import) => new(AccessStepKind.Export, flows[import.Exporter].Account, import.Foreign);

    /// <summary>A part of a route, which is built backwards from the requested subjects.</summary>
    private sealed record Way(
        SubjectSet Subjects, Func<SubjectSet, SubjectSet> ToAsked, IReadOnlyList<AccessStep> Steps, bool IsCertain, IReadOnlyList<ImportFlow> Imports)
    {
        public bool Has(ImportFlow import) => Imports.Contains(import);

        public Way Before(SubjectSet subjects, Func<SubjectSet, SubjectSet> next, AccessStep step, bool isCertain) => this with
        {
            Subjects = subjects,
            ToAsked = set => ToAsked(next(set)),
            Steps = [step, .. Steps],
            IsCertain = IsCertain && isCertain,
        };

        public Way Before(ImportFlow import, SubjectSet subjects, Func<SubjectSet, SubjectSet> next, AccessStep[] steps) => this with
        {
            Subjects = subjects,
            ToAsked = set => ToAsked(next(set)),
            Steps = [.. steps, .. Steps],
            IsCertain = IsCertain && import.IsCertain,
            Imports = [.. Imports, import],
        };

        public AccessRoute To(AccountFlow flow, SubjectSet subjects) => new(flow.Account, subjects, Steps, ToAsked) { IsCertain = IsCertain };
    }
}

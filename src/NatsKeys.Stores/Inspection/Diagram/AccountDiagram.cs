using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Draws operators, accounts, and the imports between accounts as a Mermaid diagram.</summary>
internal sealed class AccountDiagram
{
    private const string Solid = "-->";
    private const string Dotted = "-.->";
    private const string Undirected = "---";
    private static readonly (string, string) Box = ("[", "]");
    private static readonly (string, string) Stadium = ("([", "])");
    private static readonly (string, string) Round = ("(", ")");
    private static readonly (string, string) Hexagon = ("{{", "}}");

    private readonly MermaidWriter text = new();
    private readonly List<(string Id, NatsAccount Account)> drawn = [];
    private readonly Dictionary<string, (string Id, NatsAccount Account)> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> outside = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> signers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ILookup<string?, NatsAccount>> siblings = new(StringComparer.Ordinal);
    private readonly Dictionary<NatsAccount, ExportIndex> exportsOf = new(ReferenceEqualityComparer.Instance);
    private readonly bool users;
    private readonly bool signingKeys;

    private AccountDiagram(bool users, bool signingKeys)
    {
        this.users = users;
        this.signingKeys = signingKeys;
    }

    /// <summary>Draws operators and accounts.</summary>
    /// <param name="entities">
    /// The operators and accounts. Of an operator, only the accounts in this list are drawn. Each account is drawn inside of its operator.
    /// </param>
    /// <param name="users">Whether to draw the users of the accounts.</param>
    /// <param name="signingKeys">Whether to draw signing keys, with lines to what they signed.</param>
    public static string Make(IEnumerable<NatsEntity> entities, bool users = false, bool signingKeys = false)
    {
        var diagram = new AccountDiagram(users, signingKeys);
        int count = 0;
        foreach (IGrouping<string?, NatsEntity> group in entities
            .GroupBy(entity => entity is NatsAccount account ? account.Parent.Subject : entity.Subject))
        {
            diagram.DrawOperator($"o{++count}", (NatsOperator)group.First().Parent, group.OfType<NatsAccount>().DistinctBy(account => account.Path));
        }

        foreach ((string id, NatsAccount account) in diagram.drawn)
        {
            diagram.LinkImports(id, account);
        }

        return diagram.text.ToString();
    }

    private void DrawOperator(string id, NatsOperator above, IEnumerable<NatsAccount> accounts)
    {
        Begin(id, "operator", above);
        DrawKeys(id, above.GetSigningKeys());
        foreach (NatsAccount account in accounts)
        {
            string accountId = $"a{drawn.Count + 1}";
            drawn.Add((accountId, account));
            byKey.TryAdd(account.Subject ?? accountId, (accountId, account));
            DrawAccount(accountId, account);
            LinkIssuer(account, accountId);
        }

        text.End();
    }

    private void DrawAccount(string id, NatsAccount account)
    {
        string[] names = users ? [.. account.Store.Names(account.Path)] : [];
        (IReadOnlyList<NatsExport> exports, IReadOnlyList<NatsImport> imports) = (account.GetExports(), account.GetImports());
        if (names.Length + exports.Count + imports.Count + (signingKeys ? account.GetSigningKeys().Count : 0) == 0)
        {
            Node(id, "account", account.Name, EntityMark.Of(account), Box);
            return;
        }

        Begin(id, "account", account);
        DrawKeys(id, account.GetSigningKeys());
        for (int index = 0; index < exports.Count; index++)
        {
            NatsExport export = exports[index];
            text.Node(
                ExportId(id, index),
                Label($"export {export.Type}", export.Subject, export.Name),
                Stadium,
                export.IsPrivate ? MermaidWriter.Private : null);
        }

        for (int index = 0; index < imports.Count; index++)
        {
            NatsImport import = imports[index];
            string local = import.LocalSubject ?? import.Claims.To ?? "";
            text.Node(
                ImportId(id, index),
                Label($"import {import.Type}", import.Subject, local.Length == 0 ? import.Name : $"as {local}"),
                Box,
                style: null);
        }

        for (int index = 0; index < names.Length; index++)
        {
            var user = (NatsUser?)account.Store.FindReadable(account.Path.Child(names[index]));
            Node($"{id}u{index + 1}", "user", names[index], EntityMark.Of(user), Round);
            LinkIssuer(user, $"{id}u{index + 1}");
        }

        text.End();
    }

    private void DrawKeys(string id, IReadOnlyList<NatsSigningKey> keys)
    {
        for (int index = 0; signingKeys && index < keys.Count; index++)
        {
            NatsSigningKey key = keys[index];
            string keyId = $"{id}k{index + 1}";
            signers.TryAdd(key.PublicKey, keyId);
            text.Node(
                keyId,
                key.IsScoped ? Label("role", key.Role, Short(key.PublicKey)) : Label("signing key", Short(key.PublicKey)),
                Hexagon,
                style: null);
        }
    }

    /// <summary>Draws a line from the signing key that signed an entity.</summary>
    private void LinkIssuer(NatsEntity? entity, string id)
    {
        if (signers.TryGetValue(entity?.Issuer ?? "", out string? signer))
        {
            text.Link(signer, Undirected, id);
        }
    }

    /// <summary>Draws the imports of an account. Messages of streams flow to the importer, requests of services to the exporter.</summary>
    private void LinkImports(string id, NatsAccount account)
    {
        IReadOnlyList<NatsImport> imports = account.GetImports();
        for (int index = 0; index < imports.Count; index++)
        {
            NatsImport import = imports[index];
            NatsAccount? exporter = FindExporter(account, import.Exporter ?? "");
            var link = ImportLink.Of(import, exporter, exporter is null ? null : ExportsOf(exporter), account.Store.Clock.GetUtcNow());
            bool isPrivate = exporter?.Claims.Exports.ElementAtOrDefault(link.Export)?.TokenReq ?? !string.IsNullOrEmpty(import.Claims.Token);
            (string start, string end) = (ExporterOf(import, exporter, link.Export), ImportId(id, index));
            if (import.Type == "service")
            {
                (start, end) = (end, start);
            }

            text.Link(start, isPrivate ? Dotted : Solid, end, link.Fault);
        }
    }

    /// <summary>The node of the export; the node of its account if there is no such export or the account is not drawn.</summary>
    private string ExporterOf(NatsImport import, NatsAccount? exporter, int export)
    {
        string key = import.Exporter ?? "";
        if (byKey.TryGetValue(key, out (string Id, NatsAccount Account) found))
        {
            return export < 0 ? found.Id : ExportId(found.Id, export);
        }

        if (!outside.TryGetValue(key, out string? id))
        {
            id = $"x{outside.Count + 1}";
            outside.Add(key, id);
            text.Node(
                id,
                exporter is null ? Label("account", Short(key), "not in the store") : Label("account", exporter.Name),
                Box,
                MermaidWriter.Outside);
        }

        return id;
    }

    private NatsAccount? FindExporter(NatsAccount importer, string key)
    {
        if (byKey.TryGetValue(key, out (string Id, NatsAccount Account) found))
        {
            return found.Account;
        }

        string above = importer.Parent.Subject ?? "";
        if (!siblings.TryGetValue(above, out ILookup<string?, NatsAccount>? known))
        {
            siblings[above] = known = importer.Siblings().ToLookup(account => account.Subject);
        }

        return known[key].FirstOrDefault();
    }

    private ExportIndex ExportsOf(NatsAccount exporter) =>
        exportsOf.TryGetValue(exporter, out ExportIndex? known) ? known : exportsOf[exporter] = new ExportIndex(exporter.Claims.Exports);

    private void Begin(string id, string kind, NatsEntity entity)
    {
        var mark = EntityMark.Of(entity);
        text.Begin(id, Label(kind, entity.Name, mark.Remark), mark.Style);
    }

    private void Node(string id, string kind, string name, EntityMark mark, (string, string) shape) =>
        text.Node(id, Label(kind, name, mark.Remark), shape, mark.Style);

    private static string ExportId(string account, int index) => $"{account}e{index + 1}";

    private static string ImportId(string account, int index) => $"{account}i{index + 1}";

    private static string Label(string kind, string? name, string? remark = null)
    {
        string label = MermaidWriter.Escape($"{kind} {name}");
        return string.IsNullOrEmpty(remark) ? label : $"{label}<br/>{MermaidWriter.Escape(remark)}";
    }

    private static string Short(string publicKey)
    {
        const int shown = 12;
        return publicKey.Length > shown ? publicKey[..shown] + "…" : publicKey;
    }
}

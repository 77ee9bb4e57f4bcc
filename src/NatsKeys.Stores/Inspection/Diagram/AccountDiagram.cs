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
    private readonly DiagramContent content;
    private readonly IReadOnlyDictionary<NatsAccount, AccessPicture> access;
    private readonly AccessDetail detail;

    private AccountDiagram(DiagramContent content, IReadOnlyDictionary<NatsAccount, AccessPicture> access, AccessDetail detail) =>
        (this.content, this.access, this.detail) = (content, access, detail);

    /// <summary>Draws operators and accounts.</summary>
    /// <param name="entities">
    /// The operators and accounts. Of an operator, only the accounts in this list are drawn. Each account is drawn inside of its operator.
    /// </param>
    /// <param name="content">What is drawn besides the accounts, their exports and imports.</param>
    /// <param name="unreadable">Receives the error of each user that cannot be read. Users are read only if access is drawn.</param>
    public static MermaidDiagram Make(
        IEnumerable<NatsEntity> entities, DiagramContent content = default, Action<NatsKeysException>? unreadable = null)
    {
        (NatsOperator Owner, NatsAccount[] Accounts)[] groups =
        [
            .. from entity in entities
               let owner = entity as NatsOperator ?? ((NatsAccount)entity).Parent
               group (owner, entity) by (owner.Subject, owner.Subject is null ? owner.Path : null) into one
               select (one.First().owner, one.Select(each => each.entity).OfType<NatsAccount>().DistinctBy(account => account.Path).ToArray()),
        ];
        var access = new Dictionary<NatsAccount, AccessPicture>(ReferenceEqualityComparer.Instance);
        foreach ((NatsOperator owner, NatsAccount[] accounts) in content.Access ? groups : [])
        {
            var picture = AccessPicture.Read(owner, accounts, content.Users, unreadable);
            Array.ForEach(accounts, account => access[account] = picture);
        }

        // A diagram that is too large is drawn with less detail.
        AccessDetail[] details = content.Access ? Enum.GetValues<AccessDetail>() : [AccessDetail.Each];
        return details.Select(detail => new AccountDiagram(content, access, detail).Draw(groups))
            .First(drawn => drawn.IsReadable || drawn.Detail == details[^1]);
    }

    private MermaidDiagram Draw(IEnumerable<(NatsOperator Owner, NatsAccount[] Accounts)> groups)
    {
        int count = 0;
        foreach ((NatsOperator owner, NatsAccount[] accounts) in groups)
        {
            DrawOperator($"o{++count}", owner, accounts);
        }

        foreach ((string id, NatsAccount account) in drawn)
        {
            if (detail == AccessDetail.Accounts)
            {
                LinkAccounts(id, account);
            }
            else
            {
                LinkImports(id, account);
            }
        }

        return new MermaidDiagram(text.ToString(), text.Links, detail)
        {
            IsCut = detail != AccessDetail.Accounts && access.Values.Any(picture => picture.IsCut),
        };
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
        AccessPicture? picture = access.GetValueOrDefault(account);
        if (detail == AccessDetail.Accounts)
        {
            var mark = EntityMark.Of(account);
            string? remark = string.Join("; ", new[] { mark.Remark, picture!.CountsOf(account) }.Where(part => !string.IsNullOrEmpty(part)));
            Node(id, "account", account.Name, mark with { Remark = remark }, Box);
            return;
        }

        IReadOnlyList<AccessNode> holders = AccessNode.Condense(picture?.NodesOf(account) ?? [], isShort: detail == AccessDetail.Alike);
        string[] names = content.Users && picture is null ? [.. account.Store.Names(account.Path)] : [];
        (IReadOnlyList<NatsExport> exports, IReadOnlyList<NatsImport> imports) = (account.GetExports(), account.GetImports());
        int keys = content.SigningKeys ? account.GetSigningKeys().Count : 0;
        if (names.Length + holders.Count + exports.Count + imports.Count + keys == 0)
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

        for (int index = 0; index < holders.Count; index++)
        {
            DrawHolder(id, $"{id}h{index + 1}", holders[index]);
        }

        text.End();
    }

    /// <summary>Draws a holder, with arrows in the direction of the messages: to what it sends to, and from what it receives from.</summary>
    private void DrawHolder(string account, string id, AccessNode holder)
    {
        text.Node(id, string.Join("<br/>", holder.Lines.Prepend(holder.Name).Select(MermaidWriter.Escape)), Round, style: null);
        foreach (AccessLink link in holder.Links)
        {
            string used = link.IsImport ? ImportId(account, link.Index) : ExportId(account, link.Index);
            (string start, string end) = link.IsSent ? (id, used) : (used, id);
            text.Link(start, Solid, end, link.Text is null ? null : MermaidWriter.Escape(link.Text));
        }
    }

    private void DrawKeys(string id, IReadOnlyList<NatsSigningKey> keys)
    {
        for (int index = 0; content.SigningKeys && index < keys.Count; index++)
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

            string arrow = isPrivate ? Dotted : Solid;
            if (link.Fault is null)
            {
                text.Link(start, arrow, end);
            }
            else
            {
                text.RefusedLink(start, arrow, end, link.Fault);
            }
        }
    }

    /// <summary>
    /// Draws one arrow for all streams, and one for all services, that an account imports from another account. Unused imports are left out.
    /// </summary>
    private void LinkAccounts(string id, NatsAccount account)
    {
        IReadOnlyList<NatsImport> imports = account.GetImports();
        IEnumerable<NatsImport> used = access[account].NodesOf(account)
            .SelectMany(node => node.Links)
            .Where(link => link.IsImport)
            .Select(link => link.Index)
            .Distinct()
            .Select(index => imports[index]);
        foreach (IGrouping<(string Exporter, string Kind), NatsImport> same in used.GroupBy(import => (import.Exporter ?? "", import.Type ?? "")))
        {
            string exporter = ExporterOf(same.First(), FindExporter(account, same.Key.Exporter), export: -1);
            (string start, string end) = same.Key.Kind == "service" ? (id, exporter) : (exporter, id);
            text.Link(start, Solid, end, AccessPicture.Counted(same.Count(), same.Key.Kind));
        }
    }

    /// <summary>Gets the node of an export; the node of its account if there is no such export or the account is not drawn.</summary>
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

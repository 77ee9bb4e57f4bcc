using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Finds the first export of an account that covers a subject, by the rules of <see cref="Subjects.Covers(string, string)"/>. It is indexed by
/// tokens, because an account may have thousands of exports, each of which others import.
/// </summary>
internal sealed class ExportIndex
{
    private const string AnyToken = "*";
    private const string Rest = ">";
    private readonly Dictionary<string, Node> kinds = new(StringComparer.Ordinal);

    /// <param name="exports">The exports of the account, in their order.</param>
    public ExportIndex(IReadOnlyList<AccountExport> exports)
    {
        for (int place = 0; place < exports.Count; place++)
        {
            Add(KindOf(exports[place].Type), (exports[place].Subject ?? "").Split('.'), place);
        }
    }

    /// <summary>Finds the index of the export in the account's list; negative if there is none.</summary>
    /// <param name="kind">The type of the import: stream or service.</param>
    /// <param name="subject">The imported subject.</param>
    public int Find(string? kind, string subject)
    {
        int found = int.MaxValue;
        List<Node> reached = kinds.TryGetValue(KindOf(kind), out Node? root) ? [root] : [];
        foreach (string token in subject.Split('.'))
        {
            found = reached.Aggregate(found, (best, node) => Math.Min(best, node.AllBelow));
            if (token == Rest)
            {
                // Only a wildcard for the rest covers a wildcard for the rest.
                reached = [];
                break;
            }

            reached = [.. reached.SelectMany(node => new[] { node.Next(token), token == AnyToken ? null : node.Next(AnyToken) }).OfType<Node>()];
        }

        found = reached.Aggregate(found, (best, node) => Math.Min(best, node.Place));
        return found == int.MaxValue ? -1 : found;
    }

    private static string KindOf(string? kind) => kind is null ? "" : "=" + kind;

    private void Add(string kind, string[] tokens, int place)
    {
        Node node = kinds.TryGetValue(kind, out Node? root) ? root : kinds[kind] = new Node();
        for (int index = 0; index < tokens.Length; index++)
        {
            if (index == tokens.Length - 1 && tokens[index] == Rest)
            {
                node.AllBelow = Math.Min(node.AllBelow, place);
                return;
            }

            node = node.Make(tokens[index]);
        }

        node.Place = Math.Min(node.Place, place);
    }

    /// <summary>A common beginning of exported subjects.</summary>
    private sealed class Node
    {
        private Dictionary<string, Node>? next;

        /// <summary>The index of the first export that ends here.</summary>
        public int Place { get; set; } = int.MaxValue;

        /// <summary>The index of the first export that has a wildcard for the rest after this beginning.</summary>
        public int AllBelow { get; set; } = int.MaxValue;

        public Node? Next(string token) => next?.GetValueOrDefault(token);

        public Node Make(string token) => Next(token) ?? ((next ??= new(StringComparer.Ordinal))[token] = new Node());
    }
}

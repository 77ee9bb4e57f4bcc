using System.Globalization;

namespace NatsKeys.Rules;

/// <summary>
/// Searches for a literal subject that a pattern matches and that no excluded pattern matches. The search goes from token to token, and tracks the
/// excluded patterns that match so far. At each position it only tries the tokens of those patterns, and one token that none of them has, so the
/// search is finite.
/// </summary>
/// <param name="include">The pattern.</param>
/// <param name="exclude">The excluded patterns.</param>
internal sealed class SubjectWitness(SubjectPattern include, IReadOnlyList<SubjectPattern> exclude)
{
    private readonly string[] wanted = include.Tokens.ToArray();
    private readonly List<string> path = [];
    private string fresh = "";

    /// <summary>Finds such a subject; null if there is none.</summary>
    public string? Find()
    {
        fresh = Fresh();
        return Search(0, [.. exclude.Select(pattern => new Suffix(pattern.Tokens.ToArray(), 0))]) ? string.Join('.', path) : null;
    }

    private bool Search(int at, List<Suffix> active)
    {
        if (active.Exists(suffix => suffix.IsRest))
        {
            return false;
        }

        bool isTail = wanted[at] == ">";
        foreach (string token in Candidates(wanted[at], active))
        {
            List<Suffix> next = [.. active.Where(suffix => suffix.Takes(token)).Select(suffix => suffix.Next)];
            path.Add(token);
            bool canEnd = isTail || at == wanted.Length - 1;
            if (canEnd && !next.Exists(suffix => suffix.IsOver))
            {
                return true;
            }

            // In the tail, another token may follow. Excluded patterns that ended here no longer match then.
            if ((isTail || !canEnd) && Search(isTail ? at : at + 1, [.. next.Where(suffix => !suffix.IsOver)]))
            {
                return true;
            }

            path.RemoveAt(path.Count - 1);
        }

        return false;
    }

    private IEnumerable<string> Candidates(string token, List<Suffix> active) => token is "*" or ">"
        ? active.Select(suffix => suffix.Head).Where(head => head != "*").Distinct(StringComparer.Ordinal).Prepend(fresh)
        : [token];

    /// <summary>Returns a token that none of the patterns has.</summary>
    private string Fresh()
    {
        var known = exclude.Append(include).SelectMany(pattern => pattern.Tokens.ToArray()).ToHashSet(StringComparer.Ordinal);
        string token = "x";
        for (int number = 1; known.Contains(token); number++)
        {
            token = string.Create(CultureInfo.InvariantCulture, $"x{number}");
        }

        return token;
    }

    /// <summary>The remaining tokens of a pattern after those that already matched.</summary>
    private readonly record struct Suffix(string[] Tokens, int At)
    {
        public bool IsOver => At == Tokens.Length;

        public string Head => Tokens[At];

        public bool IsRest => Head == ">";

        public Suffix Next => this with { At = At + 1 };

        public bool Takes(string token) => Head == "*" || Head == token;
    }
}

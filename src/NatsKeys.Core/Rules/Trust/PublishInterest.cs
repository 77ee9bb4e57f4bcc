namespace NatsKeys.Rules;

/// <summary>
/// Matches publish subjects against a list in the way of servers from 2.10.22 on: level by level, with their bugs. Until 2.11.12 and 2.12.4, a
/// literal token in the list hides a <c>*</c> at the same position. Until servers validate entries, tokens after <c>&gt;</c> make an entry match
/// nothing, but its <c>&gt;</c> hides other entries that would match.
/// </summary>
internal sealed class PublishInterest
{
    private readonly Level root = new();
    private readonly bool hides;

    /// <summary>Builds the index of a list.</summary>
    /// <param name="entries">The subjects.</param>
    /// <param name="hides">Whether a literal token hides a wildcard.</param>
    public PublishInterest(IEnumerable<string> entries, bool hides)
    {
        this.hides = hides;
        foreach (string entry in entries)
        {
            Add(entry);
        }
    }

    /// <summary>Finds the entry that matches a subject; null if there is none.</summary>
    public string? Find(string[] tokens)
    {
        _ = Find(root, tokens, out string? found);
        return found;
    }

    /// <summary>Gets the subjects that any entry matches.</summary>
    public SubjectSet ToSet() => Found(root).Matched;

    private void Add(string entry)
    {
        Level? level = root;
        Node? node = null;
        foreach (string token in entry.Split('.'))
        {
            // The nodes created so far remain, as on servers.
            if (token.Length == 0 || node is { IsRest: true })
            {
                return;
            }

            node = token switch
            {
                "*" => level!.Star ??= new Node(),
                ">" => level!.Rest ??= new Node { IsRest = true },
                _ => level!.Texts.TryGetValue(token, out Node? known) ? known : level.Texts[token] = new Node(),
            };
            level = node.Next;
        }

        node!.Entry ??= entry;
    }

    /// <summary>Searches a level. Returns whether the search is over, which may be without a result.</summary>
    private bool Find(Level? level, ReadOnlySpan<string> tokens, out string? found)
    {
        Node? star = null;
        Node? text = null;
        for (int index = 0; index < tokens.Length; index++)
        {
            found = null;
            if (level is null)
            {
                return false;
            }

            if (level.Rest is { } rest)
            {
                found = rest.Entry;
                return true;
            }

            star = level.Star;
            if (star is not null && Find(star.Next, tokens[(index + 1)..], out found))
            {
                return true;
            }

            text = level.Texts.GetValueOrDefault(tokens[index]);
            level = text?.Next;
        }

        found = text?.Entry;
        if (found is null && (text is null || !hides))
        {
            found = star?.Entry;
        }

        return found is not null;
    }

    /// <summary>Gets the subjects for which the search from a level finds an entry, and those for which it ends without one.</summary>
    private (SubjectSet Matched, SubjectSet Lost) Found(Level level)
    {
        if (level.Rest is { } rest)
        {
            return rest.Entry is null ? (SubjectSet.Nothing, SubjectSet.Everything) : (SubjectSet.Everything, SubjectSet.Nothing);
        }

        // At the last token, literal tokens take precedence over the wildcard, which they may hide.
        SubjectSet matched = SubjectSet.Of(level.Texts.Where(text => text.Value.Entry is not null).Select(text => text.Key));
        if (level.Star is { Entry: not null })
        {
            IEnumerable<string> hidden = level.Texts.Where(text => hides && text.Value.Entry is null).Select(text => text.Key);
            matched = matched.Union(SubjectSet.Of(["*"]).Subtract(SubjectSet.Of(hidden)));
        }

        SubjectSet lost = SubjectSet.Nothing;
        if (level.Star is { } star)
        {
            (SubjectSet below, SubjectSet over) = Found(star.Next);
            (matched, lost) = (matched.Union(below.Below("*")), over.Below("*"));
        }

        (SubjectSet first, SubjectSet ended) = (matched, lost);
        foreach ((string token, Node text) in level.Texts)
        {
            (SubjectSet below, SubjectSet over) = Found(text.Next);
            matched = matched.Union(below.Below(token).Subtract(ended));
            lost = lost.Union(over.Below(token).Subtract(first));
        }

        return (matched, lost);
    }

    private sealed class Level
    {
        public Dictionary<string, Node> Texts { get; } = new(StringComparer.Ordinal);

        public Node? Star { get; set; }

        public Node? Rest { get; set; }
    }

    private sealed class Node
    {
        public bool IsRest { get; init; }

        public Level Next { get; } = new();

        public string? Entry { get; set; }
    }
}

namespace NatsKeys.Inspection;

/// <summary>Those of an account who are drawn as one, with what they use of its exports and imports.</summary>
/// <param name="Names">Who they are.</param>
/// <param name="Lines">What they may do, for people; none where they differ in that.</param>
/// <param name="Links">The exports and imports that they use.</param>
internal sealed record AccessNode(IReadOnlyList<string> Names, IReadOnlyList<string> Lines, IReadOnlyList<AccessLink> Links)
{
    /// <summary>More nodes than this in one account are not readable.</summary>
    private const int Most = 8;

    private const int Named = 3;

    /// <summary>The names, as far as there is room.</summary>
    public string Name => Shorten(Names);

    /// <summary>Draws those together who use the same, and if there are still too many, the last of them.</summary>
    /// <param name="nodes">The nodes of an account.</param>
    /// <param name="isShort">Whether that is done even if there are few of them.</param>
    public static IReadOnlyList<AccessNode> Condense(IReadOnlyList<AccessNode> nodes, bool isShort)
    {
        if (nodes.Count <= Most && !isShort)
        {
            return nodes;
        }

        AccessNode[] alike = [.. nodes.GroupBy(node => string.Join(' ', node.Links.Select(link => (link.IsImport, link.Index)))).Select(Join)];
        return alike.Length <= Most ? alike : [.. alike[..(Most - 1)], Join(alike[(Most - 1)..])];
    }

    /// <summary>Some texts, and how many more there are.</summary>
    /// <param name="texts">The texts.</param>
    public static string Shorten(IReadOnlyCollection<string> texts) =>
        ShortList.Of(texts.Take(Named), texts.Count - Named);

    private static AccessNode Join(IEnumerable<AccessNode> nodes)
    {
        AccessNode[] all = [.. nodes];
        return all.Length == 1
            ? all[0]
            : new AccessNode(
                [.. all.SelectMany(node => node.Names)],
                [],
                [
                    .. from link in all.SelectMany(node => node.Links)
                       group link by (link.IsImport, link.Index) into same
                       select same.First() with { Text = same.Select(link => link.Text).Distinct().Count() == 1 ? same.First().Text : null },
                ]);
    }
}

/// <summary>That somebody uses an export or import.</summary>
/// <param name="IsImport">Whether it is an import.</param>
/// <param name="Index">Its place in the list of the account.</param>
/// <param name="IsSent">Whether they send the messages. Otherwise they receive them.</param>
/// <param name="Text">The subjects that they use; null for all.</param>
internal sealed record AccessLink(bool IsImport, int Index, bool IsSent, string? Text)
{
    /// <summary>Makes a link of what somebody uses.</summary>
    /// <param name="isImport">Whether it is an import.</param>
    /// <param name="end">The export or import.</param>
    public static AccessLink Of(bool isImport, ReachedEnd end) =>
        new(isImport, end.Index, end.IsSent, end.Used.Contains(end.Subjects) ? null : AccessNode.Shorten(end.Used.ToTexts()));
}

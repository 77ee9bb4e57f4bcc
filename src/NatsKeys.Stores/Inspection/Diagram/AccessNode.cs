namespace NatsKeys.Inspection;

/// <summary>A node of a diagram for roles and users of an account, with the exports and imports of the account that they use.</summary>
/// <param name="Names">The names of the roles and users.</param>
/// <param name="Lines">Lines that describe what they may do; empty for joined nodes, whose permissions differ.</param>
/// <param name="Links">The exports and imports that they use.</param>
internal sealed record AccessNode(IReadOnlyList<string> Names, IReadOnlyList<string> Lines, IReadOnlyList<AccessLink> Links)
{
    /// <summary>The maximum number of nodes in one account, so that the diagram stays readable.</summary>
    private const int Most = 8;

    private const int Named = 3;

    /// <summary>The first names, and the number of the others.</summary>
    public string Name => Shorten(Names);

    /// <summary>Joins nodes that use the same exports and imports. If there are still too many, it joins the last ones, too.</summary>
    /// <param name="nodes">The nodes of an account.</param>
    /// <param name="isShort">Whether to join nodes even if there are few.</param>
    public static IReadOnlyList<AccessNode> Condense(IReadOnlyList<AccessNode> nodes, bool isShort)
    {
        if (nodes.Count <= Most && !isShort)
        {
            return nodes;
        }

        AccessNode[] alike = [.. nodes.GroupBy(node => string.Join(' ', node.Links.Select(link => (link.IsImport, link.Index)))).Select(Join)];
        return alike.Length <= Most ? alike : [.. alike[..(Most - 1)], Join(alike[(Most - 1)..])];
    }

    /// <summary>Lists the first texts, and the number of the others.</summary>
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

/// <summary>An arrow between a node and an export or import that its users use.</summary>
/// <param name="IsImport">Whether it is an import.</param>
/// <param name="Index">Its index in the account's list.</param>
/// <param name="IsSent">Whether the users send the messages, rather than receive them.</param>
/// <param name="Text">The subjects that the users use; null for all.</param>
internal sealed record AccessLink(bool IsImport, int Index, bool IsSent, string? Text)
{
    /// <summary>Creates the link for an export or import that some users use.</summary>
    /// <param name="isImport">Whether it is an import.</param>
    /// <param name="end">The export or import.</param>
    public static AccessLink Of(bool isImport, ReachedEnd end) =>
        new(isImport, end.Index, end.IsSent, end.Used.Contains(end.Subjects) ? null : AccessNode.Shorten(end.Used.ToTexts()));
}

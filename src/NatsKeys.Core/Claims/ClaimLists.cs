namespace NatsKeys.Claims;

/// <summary>Adds items to lists of claims. Empty texts and duplicates are skipped.</summary>
internal static class ClaimLists
{
    /// <summary>Adds a text unchanged.</summary>
    public static void AddText(ClaimList<string> texts, string text)
    {
        if (text.Length > 0 && !texts.Contains(text))
        {
            texts.Add(text);
        }
    }

    /// <summary>Adds a tag or network, trimmed and in lower case, because readers compare them in this form.</summary>
    public static void AddFolded(ClaimList<string> texts, string text)
    {
#pragma warning disable CA1308 // The reference folds to lower case.
        AddText(texts, text.Trim().ToLowerInvariant());
#pragma warning restore CA1308
    }

    /// <summary>Creates a list of folded texts.</summary>
    public static ClaimList<string> Folded(IEnumerable<string> texts)
    {
        var list = new ClaimList<string>();
        foreach (string text in texts)
        {
            AddFolded(list, text);
        }

        return list;
    }
}

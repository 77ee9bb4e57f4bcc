using NatsKeys.Claims;

namespace NatsKeys.Binding;

/// <summary>How parameters change lists of claims: what is there already is not added again, and what is not there is not missed.</summary>
internal static class TextLists
{
    public static void Add(ClaimList<string> list, IEnumerable<string> texts) => list.AddRange(texts.Except(list).ToArray());

    /// <summary>Takes texts off a list; tells whether that emptied it.</summary>
    public static bool Remove(ClaimList<string> list, IEnumerable<string> texts)
    {
        string[] gone = [.. texts];
        return list.RemoveAll(text => gone.Contains(text, StringComparer.Ordinal)) > 0 && list.Count == 0;
    }
}

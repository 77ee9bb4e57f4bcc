using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>How parameters change lists of claims: they replace a list, add what is not there yet, and take away what is there.</summary>
internal static class TextLists
{
    /// <summary>Replaces a list that restricts, where texts were given.</summary>
    /// <param name="list">The list.</param>
    /// <param name="parameter">The parameter that has the texts, for messages.</param>
    /// <param name="texts">The texts; null where none were given.</param>
    /// <param name="opening">What would be open without any.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: there are none.</exception>
    public static void Replace(ClaimList<string> list, string parameter, IEnumerable<string>? texts, Opening opening)
    {
        if (texts is not null)
        {
            string[] all = [.. texts.Distinct(StringComparer.Ordinal)];
            opening.Refuse(parameter, all);
            list.Clear();
            list.AddRange(all);
        }
    }

    /// <summary>Adds texts that are not there yet.</summary>
    public static void Add(ClaimList<string> list, IEnumerable<string> texts) => list.AddRange(texts.Except(list).ToArray());

    /// <summary>Takes texts off a list; gives those that are not there, with what may be meant.</summary>
    /// <param name="list">The list.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="parameter">The parameter that has them, for messages.</param>
    public static (string Parameter, string Value, string? Meant)[] Remove(ClaimList<string> list, IEnumerable<string> texts, string parameter)
    {
        string[] gone = [.. texts.Distinct(StringComparer.Ordinal)];
        (string, string, string?)[] missing = [.. gone.Except(list).Select(text => (parameter, text, Spelling.Closest(text, list)))];
        list.RemoveAll(text => gone.Contains(text, StringComparer.Ordinal));
        return missing;
    }

    /// <summary>Takes texts off a list and adds others; gives those that are not there to be taken off.</summary>
    /// <inheritdoc cref="Remove"/>
    public static (string Parameter, string Value, string? Meant)[] Change(
        ClaimList<string> list, IEnumerable<string> add, IEnumerable<string> remove, string parameter)
    {
        (string, string, string?)[] missing = Remove(list, remove, parameter);
        Add(list, add);
        return missing;
    }
}

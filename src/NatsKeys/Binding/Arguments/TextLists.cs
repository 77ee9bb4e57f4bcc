using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>Changes lists of claims as parameters request: replaces a list, adds new entries, and removes existing ones.</summary>
internal static class TextLists
{
    /// <summary>Replaces a restricting list if texts were given.</summary>
    /// <param name="list">The list.</param>
    /// <param name="parameter">The parameter with the texts, for messages.</param>
    /// <param name="texts">The texts; null to change nothing.</param>
    /// <param name="ifEmpty">What an empty list would allow.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: the texts are empty.</exception>
    public static void Replace(ClaimList<string> list, string parameter, IEnumerable<string>? texts, EmptyListEffect ifEmpty)
    {
        if (texts is not null)
        {
            string[] all = [.. texts.Distinct(StringComparer.Ordinal)];
            ifEmpty.Refuse(parameter, all);
            list.Clear();
            list.AddRange(all);
        }
    }

    /// <summary>Adds the texts that are not in the list yet.</summary>
    public static void Add(ClaimList<string> list, IEnumerable<string> texts) => list.AddRange(texts.Except(list).ToArray());

    /// <summary>Removes texts from a list. Returns those that are not in it, with the entries that may be meant.</summary>
    /// <param name="list">The list.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="parameter">The parameter with the texts, for messages.</param>
    public static (string Parameter, string Value, string? Meant)[] Remove(ClaimList<string> list, IEnumerable<string> texts, string parameter)
    {
        string[] gone = [.. texts.Distinct(StringComparer.Ordinal)];
        (string, string, string?)[] missing = [.. gone.Except(list).Select(text => (parameter, text, Spelling.Closest(text, list)))];
        list.RemoveAll(text => gone.Contains(text, StringComparer.Ordinal));
        return missing;
    }

    /// <summary>Removes texts from a list and adds others. Returns those that could not be removed, because they are not in it.</summary>
    /// <inheritdoc cref="Remove"/>
    public static (string Parameter, string Value, string? Meant)[] Change(
        ClaimList<string> list, IEnumerable<string> add, IEnumerable<string> remove, string parameter)
    {
        (string, string, string?)[] missing = Remove(list, remove, parameter);
        Add(list, add);
        return missing;
    }
}

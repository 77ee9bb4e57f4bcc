namespace NatsKeys;

/// <summary>Lists the first of many texts, with the number of further ones.</summary>
internal static class ShortList
{
    /// <summary>Formats a list in one line.</summary>
    /// <param name="first">The texts to show.</param>
    /// <param name="more">The number of further texts; 0 or less for none.</param>
    /// <param name="between">The separator between texts.</param>
    /// <param name="last">The separator before the number of further texts.</param>
    public static string Of(IEnumerable<string> first, int more, string between = ", ", string last = " ") =>
        string.Join(between, first) + (more > 0 ? $"{last}and {more} more" : "");
}

namespace NatsKeys;

/// <summary>Lists the first of many texts, and says how many more there are.</summary>
internal static class ShortList
{
    /// <summary>A list in one line.</summary>
    /// <param name="first">The texts that are shown.</param>
    /// <param name="more">How many more there are; 0 or less for none.</param>
    /// <param name="between">What separates the texts.</param>
    /// <param name="last">What separates the number of further ones from them.</param>
    public static string Of(IEnumerable<string> first, int more, string between = ", ", string last = " ") =>
        string.Join(between, first) + (more > 0 ? $"{last}and {more} more" : "");
}

using System.Globalization;

namespace NatsKeys.Core.Tests.Formats;

/// <summary>A page in docs that says how a file is made, to the byte.</summary>
internal static class FormatPage
{
    /// <summary>The constants that a page names: the rows of its first table.</summary>
    public static Dictionary<string, string> Constants(string name)
    {
        return File.ReadLines(Repository.At("docs", name))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(row => row.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1], cells => cells[2], StringComparer.Ordinal);
    }

    /// <summary>A number as a page has it.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

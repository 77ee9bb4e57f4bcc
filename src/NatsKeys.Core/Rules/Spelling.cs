namespace NatsKeys.Rules;

/// <summary>Finds names that are spelled similarly.</summary>
internal static class Spelling
{
    private const int Short = 5;

    // A longer text is not a mistyped name.
    private const int Longest = 64;

    /// <summary>Whether a name was mistyped: one letter is wrong, missing, added or swapped with its neighbor; in a long name, up to two.</summary>
    /// <param name="name">The correct name.</param>
    /// <param name="written">The name as it was typed.</param>
    public static bool IsTypo(string name, string written) => Distance(name, written) <= (name.Length > Short ? 2 : 1);

    /// <summary>Returns a question for the end of an error message: whether another name was meant. Empty if no name is similar.</summary>
    /// <param name="written">The name as it was typed.</param>
    /// <param name="names">The existing names.</param>
    public static string Suggest(string written, IEnumerable<string> names) =>
        Closest(written, names) is { } meant ? $" Did you mean '{meant}'?" : "";

    /// <summary>Finds the name that is most similar to a typed one, ignoring case; null if none is similar.</summary>
    /// <param name="written">The name as it was typed.</param>
    /// <param name="names">The existing names.</param>
    public static string? Closest(string written, IEnumerable<string> names)
    {
        string folded = written.ToUpperInvariant();
        return folded.Length is 0 or > Longest
            ? null
            : names
                .Select(name => (Name: name, Folded: name.ToUpperInvariant()))
                .Where(name => Math.Abs(name.Folded.Length - folded.Length) <= 2 && name.Name != written
                    && IsTypo(name.Folded, folded) && Distance(name.Folded, folded) < folded.Length)
                .OrderBy(name => Distance(name.Folded, folded))
                .FirstOrDefault().Name;
    }

    private static int Distance(string left, string right)
    {
        var steps = new int[left.Length + 1, right.Length + 1];
        for (int row = 0; row <= left.Length; row++)
        {
            for (int column = 0; column <= right.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    steps[row, column] = row + column;
                    continue;
                }

                bool isSame = left[row - 1] == right[column - 1];
                int least = Math.Min(Math.Min(steps[row - 1, column], steps[row, column - 1]) + 1, steps[row - 1, column - 1] + (isSame ? 0 : 1));
                bool isSwapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
                steps[row, column] = isSwapped ? Math.Min(least, steps[row - 2, column - 2] + 1) : least;
            }
        }

        return steps[left.Length, right.Length];
    }
}

namespace NatsKeys.Rules;

/// <summary>Tells names that are nearly the same.</summary>
internal static class Spelling
{
    private const int Short = 5;

    // Whoever writes more than this wrote no name.
    private const int Longest = 64;

    /// <summary>Whether one letter is wrong, missing, too many or in its neighbour's place; two of them in a long name.</summary>
    /// <param name="name">The name as it is.</param>
    /// <param name="written">The name as it was written.</param>
    public static bool IsTypo(string name, string written) => Distance(name, written) <= (name.Length > Short ? 2 : 1);

    /// <summary>A question that follows an error about a name: whether another one was meant. Empty where none is near.</summary>
    /// <param name="written">The name as it was written.</param>
    /// <param name="names">The names that there are.</param>
    public static string Suggest(string written, IEnumerable<string> names) =>
        Closest(written, names) is { } meant ? $" Did you mean '{meant}'?" : "";

    /// <summary>The name that is nearest to a written one, in any case; null if none is near.</summary>
    /// <param name="written">The name as it was written.</param>
    /// <param name="names">The names that there are.</param>
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

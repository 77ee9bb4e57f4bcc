namespace NatsKeys.Rules;

/// <summary>Tells names that are nearly the same.</summary>
internal static class Spelling
{
    private const int Short = 5;

    /// <summary>Whether one letter is wrong, missing, too many or in its neighbour's place; two of them in a long name.</summary>
    /// <param name="name">The name as it is.</param>
    /// <param name="written">The name as somebody wrote it.</param>
    public static bool IsSlip(string name, string written) => Distance(name, written) <= (name.Length > Short ? 2 : 1);

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

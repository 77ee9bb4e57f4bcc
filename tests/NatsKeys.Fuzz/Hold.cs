using System.Text.RegularExpressions;

namespace NatsKeys.Fuzz;

/// <summary>Says what must hold.</summary>
internal static partial class Hold
{
    public static void That(bool condition, string otherwise, Func<string>? detail = null)
    {
        if (!condition)
        {
            throw new BrokenPropertyException(detail is null ? otherwise : $"{otherwise}\n{detail()}");
        }
    }

    /// <summary>The library wrote it itself, so it must read it.</summary>
    public static T Reads<T>(string otherwise, string text, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NatsKeysException error)
        {
            throw new BrokenPropertyException($"{otherwise}: {Particulars().Replace(error.Message, "…")}\n{error.Message}\n{text}");
        }
    }

    /// <summary>What differs from input to input in messages about the same cause.</summary>
    [GeneratedRegex("'[^']*'|[0-9]+|\n.*", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Particulars();
}

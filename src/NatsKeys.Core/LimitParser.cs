using System.Globalization;
using System.Text.RegularExpressions;

namespace NatsKeys;

/// <summary>
/// Parses and formats limits as people write them: a number, a size such as <c>64kb</c> or <c>1GiB</c>, or <c>Unlimited</c>. Units are powers of
/// 1024, with or without the <c>i</c>: some shells read an unquoted <c>64kb</c> as 65536, and quotes must not change the meaning.
/// </summary>
internal static partial class LimitParser
{
    private const decimal Kibi = 1024;

    /// <summary>The value for no limit in tokens.</summary>
    public const long Unlimited = -1;

    /// <summary>Reads a limit.</summary>
    /// <param name="text">
    /// A whole number; with a unit (B, kB, KiB, MB, MiB, GB, GiB, TB, TiB, in any case) a number of bytes; or <c>Unlimited</c>.
    /// </param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidLimit"/>: the text is none of these, or exceeds 64 bits.</exception>
    public static long Parse(string text)
    {
        if (text.Trim().Equals("unlimited", StringComparison.OrdinalIgnoreCase))
        {
            return Unlimited;
        }

        Match match = Form().Match(text);
        if (match.Success
            && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            decimal value = number * Factor(match.Groups["prefix"].Value);
            if (value == decimal.Truncate(value) && value <= long.MaxValue)
            {
                return (long)value;
            }
        }

        throw new NatsKeysException(
            ErrorCode.InvalidLimit, $"'{text}' is not a limit. Use a whole number from 0, a size such as 64kb or 1GiB, or Unlimited.");
    }

    /// <summary>Formats a limit; "Unlimited" for -1.</summary>
    /// <param name="value">The limit.</param>
    public static string Show(long value) => value == Unlimited ? nameof(Unlimited) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a size in bytes; "Unlimited" for -1. A rounded size is followed by the number of bytes.</summary>
    /// <param name="value">The size.</param>
    public static string ShowSize(long value)
    {
        if (value < Kibi)
        {
            return value == Unlimited ? nameof(Unlimited) : string.Create(CultureInfo.InvariantCulture, $"{value} B");
        }

        (decimal unit, string name) = value switch
        {
            < 1L << 20 => (Kibi, "KiB"),
            < 1L << 30 => (Kibi * Kibi, "MiB"),
            < 1L << 40 => (Kibi * Kibi * Kibi, "GiB"),
            _ => (Kibi * Kibi * Kibi * Kibi, "TiB"),
        };
        decimal exact = value / unit;
        decimal shown = Math.Round(exact, 1);
        return string.Create(CultureInfo.InvariantCulture, $"{shown:0.#} {name}{(shown == exact ? "" : $" ({value} bytes)")}");
    }

    /// <summary>Checks a limit: -1 means no limit, and other negative numbers are invalid.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidLimit"/>: it is below -1.</exception>
    public static long Check(long value) => value >= Unlimited
        ? value
        : throw new NatsKeysException(ErrorCode.InvalidLimit, $"{value} is not a limit: it is negative. Use Unlimited or -1 for no limit.");

    /// <summary>The factor of a prefix. The pattern allows no other prefixes.</summary>
    private static decimal Factor(string prefix) => prefix.ToUpperInvariant() switch
    {
        "K" => Kibi,
        "M" => Kibi * Kibi,
        "G" => Kibi * Kibi * Kibi,
        "T" => Kibi * Kibi * Kibi * Kibi,
        _ => 1,
    };

    [GeneratedRegex(@"^\s*(?<number>[0-9]{1,19}(\.[0-9]{1,9})?)\s*((?<prefix>[kmgt])i?b?|b)?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

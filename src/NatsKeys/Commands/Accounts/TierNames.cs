using System.Globalization;

namespace NatsKeys.Commands;

/// <summary>The names of JetStream tiers: an R and the number of replicas.</summary>
internal static class TierNames
{
    /// <summary>Completes the name of a tier: the number alone is accepted as well.</summary>
    public static string? Complete(string? tier) => tier?.Trim() switch
    {
        null => null,
        { Length: > 0 } text when (text[0] is 'R' or 'r' ? text[1..] : text) is var number
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int replicas)
            && replicas > 0
            => string.Create(CultureInfo.InvariantCulture, $"R{replicas}"),
        var other =>
            throw new NatsKeysException(
                ErrorCode.InvalidLimit,
                $"'{other}' is not a tier: a tier is an R and the number of replicas, such as R1 or R3."),
    };

    /// <summary>What a text in the place of an account seems to be; null if it is not the name of a tier.</summary>
    public static string? MeantBy(string text) => text.Length is 1 or 2 && char.IsAsciiDigit(text[^1]) && text[0] is 'R' or 'r' or (>= '1' and <= '9')
        ? "For a tier, use -Tier."
        : null;

    /// <summary>Describes a tier in messages.</summary>
    public static string Show(string? tier) => tier is null ? "" : $" of tier {tier}";
}

using System.Globalization;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>What the environment asks of the differential tests.</summary>
internal static class Asked
{
    /// <summary>Gets what is drawn: by NATSKEYS_SEED, and else another one each day.</summary>
    internal static int Seed { get; } = Number("NATSKEYS_SEED") ?? DateTime.UtcNow.DayOfYear;

    /// <summary>The number that a variable gives; null where it gives none.</summary>
    internal static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

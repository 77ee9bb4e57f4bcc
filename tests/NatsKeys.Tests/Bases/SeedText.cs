using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Bases;

/// <summary>What a seed of any type looks like as text.</summary>
internal static partial class SeedText
{
    [GeneratedRegex("S[OAUNCX][A-Z2-7]{56}")]
    internal static partial Regex Pattern();
}

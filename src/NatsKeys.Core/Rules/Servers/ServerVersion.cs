using System.Globalization;

namespace NatsKeys.Rules;

/// <summary>Represents the version of a nats-server. A pre-release counts as its release, because it behaves the same.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version; together with the major version, it is the release line.</param>
/// <param name="Patch">The patch version.</param>
public readonly record struct ServerVersion(int Major, int Minor, int Patch) : IComparable<ServerVersion>
{
    /// <summary>Compares versions by their numbers.</summary>
    public static bool operator <(ServerVersion left, ServerVersion right) => left.CompareTo(right) < 0;

    /// <summary>Compares versions by their numbers.</summary>
    public static bool operator <=(ServerVersion left, ServerVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Compares versions by their numbers.</summary>
    public static bool operator >(ServerVersion left, ServerVersion right) => left.CompareTo(right) > 0;

    /// <summary>Compares versions by their numbers.</summary>
    public static bool operator >=(ServerVersion left, ServerVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a version as servers state it, such as <c>2.10.27</c>, <c>v2.15.1</c> or <c>2.12.0-RC.1</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The version; all zero if the text is not a version.</param>
    /// <returns>Whether the text is a version of three numbers.</returns>
    public static bool TryParse(string? text, out ServerVersion version)
    {
        string[] numbers = (text ?? "").TrimStart('v').Split('-', '+')[0].Split('.');
        version = default;
        if (numbers.Length != 3
            || !IsNumber(numbers[0], out int major)
            || !IsNumber(numbers[1], out int minor)
            || !IsNumber(numbers[2], out int patch))
        {
            return false;
        }

        version = new ServerVersion(major, minor, patch);
        return true;
    }

    /// <summary>Parses a version.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a version.</exception>
    internal static ServerVersion Parse(string text) =>
        TryParse(text, out ServerVersion version)
            ? version
            : throw new FormatException($"'{text}' is not a server version. A version is three numbers, such as 2.10.27.");

    /// <summary>Gets whether servers of this version have a feature.</summary>
    /// <param name="feature">The feature.</param>
    internal bool Has(ServerFeature feature) => IsSince(ServerFeatures.Since(feature));

    /// <summary>
    /// Gets whether this version has a feature that several release lines received. A listed line has it from the listed version on, and every line
    /// above the listed ones has it. A line between two listed ones does not.
    /// </summary>
    /// <param name="first">The first version of each line that has it, the oldest line first.</param>
    internal bool IsSince(params ReadOnlySpan<ServerVersion> first)
    {
        foreach (ServerVersion version in first)
        {
            if ((Major, Minor) == (version.Major, version.Minor))
            {
                return this >= version;
            }
        }

        return this > first[^1];
    }

    /// <summary>Compares versions by their numbers.</summary>
    /// <param name="other">The other version.</param>
    public int CompareTo(ServerVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Returns the version as three numbers.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

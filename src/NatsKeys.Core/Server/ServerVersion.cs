using System.Globalization;

namespace NatsKeys.Server;

/// <summary>The version of a nats-server. A pre-release counts as its release, for it does what that does.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number: the release line, together with the first.</param>
/// <param name="Patch">The third number: how often the line was mended.</param>
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
    /// <param name="version">The version; all zero where the text is none.</param>
    /// <returns>Whether the text is a version of three numbers.</returns>
    public static bool TryParse(string? text, out ServerVersion version)
    {
        string[] numbers = (text ?? "").TrimStart('v').Split('-', '+')[0].Split('.');
        version = numbers.Length == 3 && IsNumber(numbers[0], out int major) && IsNumber(numbers[1], out int minor) && IsNumber(numbers[2], out int patch)
            ? new ServerVersion(major, minor, patch)
            : default;
        return version != default;
    }

    /// <summary>Reads a version that is known to be one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is no version.</exception>
    internal static ServerVersion Parse(string text) =>
        TryParse(text, out ServerVersion version) ? version : throw new FormatException($"'{text}' is not the version of a server: three numbers, such as 2.10.27.");

    /// <summary>
    /// Gets whether servers of this version have a feature. One that came to several release lines is in each from the version on that is listed
    /// for it, and in every line above them.
    /// </summary>
    /// <param name="feature">The feature.</param>
    internal bool Has(ServerFeature feature)
    {
        ServerVersion self = this;
        ReadOnlySpan<ServerVersion> since = ServerFeatures.Since(feature);
        foreach (ServerVersion first in since)
        {
            if (IsSameLine(first))
            {
                return self >= first;
            }
        }

        return self > since[^1];
    }

    /// <summary>Compares versions by their numbers.</summary>
    /// <param name="other">The other version.</param>
    public int CompareTo(ServerVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>The three numbers.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private bool IsSameLine(ServerVersion other) => Major == other.Major && Minor == other.Minor;
}

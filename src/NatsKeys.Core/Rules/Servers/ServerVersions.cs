using System.Collections;
using System.Collections.Concurrent;

namespace NatsKeys.Rules;

/// <summary>
/// Represents the server versions for which a result must be valid, the oldest first. The first version of each line and every version with a new
/// feature represent all supported versions: any other behaves like the one before it.
/// </summary>
internal sealed class ServerVersions : IEnumerable<ServerVersion>
{
    /// <summary>The newest version that this library knows.</summary>
    internal static readonly ServerVersion NewestKnown = new(2, 15, 1);

    private static readonly ServerVersion[] Lines = [new(2, 9, 0), new(2, 10, 0), new(2, 11, 0), new(2, 12, 0), new(2, 14, 0), new(2, 15, 0)];

    private const int Shown = 6;

    // Cached, because it is needed for everything that is signed. It has at most one entry for each version.
    private static readonly ConcurrentDictionary<ServerVersion, ServerVersions> Supported = [];

    private readonly ServerVersion[] versions;

    private ServerVersions(ServerVersion[] versions, bool areNamed) => (this.versions, AreNamed) = (versions, areNamed);

    /// <summary>Versions that represent all: the first one of each release line, and the newest known one.</summary>
    public static IReadOnlyList<ServerVersion> Known { get; } = [.. Lines, NewestKnown];

    /// <summary>Only the newest version.</summary>
    internal static ServerVersions Newest { get; } = new([NewestKnown], areNamed: false);

    /// <summary>All versions that are supported, from 2.9.0 to the newest.</summary>
    internal static ServerVersions All { get; } = Since(null);

    /// <summary>The oldest version that is supported.</summary>
    public static ServerVersion Oldest => Lines[0];

    /// <summary>Whether the caller specified these versions, so that messages name them.</summary>
    internal bool AreNamed { get; }

    /// <summary>The newest of these versions.</summary>
    internal ServerVersion Last => versions[^1];

    /// <summary>Creates a list of specified versions.</summary>
    /// <param name="versions">The versions.</param>
    /// <returns>The list; null if there are no versions.</returns>
    public static ServerVersions? Of(IEnumerable<ServerVersion> versions)
    {
        ServerVersion[] sorted = [.. versions.Distinct().Order()];
        return sorted.Length == 0 ? null : new ServerVersions(sorted, areNamed: true);
    }

    /// <summary>Gets the supported versions from the one that an operator asserts. Older servers do not start with such an operator.</summary>
    /// <param name="asserted">The version that the operator asserts; a text that is not a version is ignored.</param>
    internal static ServerVersions Since(string? asserted)
    {
        ServerVersion oldest = ServerVersion.TryParse(asserted, out ServerVersion version) && version > Lines[0] ? version : Lines[0];
        return Supported.GetOrAdd(
            oldest,
            static oldest => new(
                [.. Known.Concat(ServerFeatures.Changes).Append(oldest).Where(other => other >= oldest).Distinct().Order()], areNamed: false));
    }

    /// <summary>Gets a list with one version; the newest for null.</summary>
    /// <param name="version">The version.</param>
    internal static ServerVersions Only(ServerVersion? version) => version is { } only ? new ServerVersions([only], areNamed: false) : Newest;

    /// <summary>Gets those of the versions that have, or lack, a feature.</summary>
    internal IEnumerable<ServerVersion> Having(ServerFeature feature, bool has) => versions.Where(version => version.Has(feature) == has);

    /// <summary>
    /// Describes some of the versions. If they are exactly those that lack one of the features, the text names all versions before that feature.
    /// </summary>
    internal string Describe(IReadOnlyCollection<ServerVersion> some, ReadOnlySpan<ServerFeature> lacking)
    {
        foreach (ServerFeature feature in AreNamed ? [] : lacking)
        {
            if (Having(feature, has: false).SequenceEqual(some))
            {
                ReadOnlySpan<ServerVersion> since = ServerFeatures.Since(feature);
                return since.Length == 1
                    ? $"servers before {since[0]}"
                    : $"servers before {since[^1]}, except {string.Join(", ", since[..^1].ToArray())} and its later patch releases";
            }
        }

        return $"servers {(AreNamed ? "" : "such as ")}{string.Join(", ", some.Take(Shown))}{(some.Count > Shown ? ", …" : "")}";
    }

    /// <inheritdoc/>
    public IEnumerator<ServerVersion> GetEnumerator() => ((IEnumerable<ServerVersion>)versions).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => versions.GetEnumerator();

    /// <summary>Returns the versions, separated by commas.</summary>
    public override string ToString() => string.Join(", ", versions);
}

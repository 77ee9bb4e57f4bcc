using System.Collections;
using System.Collections.Concurrent;

namespace NatsKeys.Rules;

/// <summary>
/// The servers for which an answer shall hold, the oldest first. The first version of each line and each version that brought something are enough to
/// stand for all that is supported: what is between them does as the one before it.
/// </summary>
public sealed class ServerVersions : IEnumerable<ServerVersion>
{
    /// <summary>The newest version that is known here.</summary>
    internal static readonly ServerVersion NewestKnown = new(2, 15, 1);

    private static readonly ServerVersion[] Lines = [new(2, 9, 0), new(2, 10, 0), new(2, 11, 0), new(2, 12, 0), new(2, 14, 0), new(2, 15, 0)];

    private const int Shown = 6;

    // Asked for whatever is signed. There are no more of them than versions.
    private static readonly ConcurrentDictionary<ServerVersion, ServerVersions> Supported = [];

    private readonly ServerVersion[] versions;

    private ServerVersions(ServerVersion[] versions, bool areNamed) => (this.versions, AreNamed) = (versions, areNamed);

    /// <summary>Versions that represent all: the first one of each release line, and the newest known one.</summary>
    public static IReadOnlyList<ServerVersion> Known { get; } = [.. Lines, NewestKnown];

    /// <summary>The newest version alone.</summary>
    internal static ServerVersions Newest { get; } = new([NewestKnown], areNamed: false);

    /// <summary>All versions that are supported, from 2.9.0 to the newest.</summary>
    internal static ServerVersions All { get; } = Since(null);

    /// <summary>The oldest version that is supported.</summary>
    public static ServerVersion Oldest => Lines[0];

    /// <summary>Whether these versions were specified, so that messages name them, too.</summary>
    internal bool AreNamed { get; }

    /// <summary>The last one.</summary>
    internal ServerVersion Last => versions[^1];

    /// <summary>Makes a list of specified versions.</summary>
    /// <param name="versions">The versions.</param>
    /// <returns>The list; null where none is named.</returns>
    public static ServerVersions? Of(IEnumerable<ServerVersion> versions)
    {
        ServerVersion[] sorted = [.. versions.Distinct().Order()];
        return sorted.Length == 0 ? null : new ServerVersions(sorted, areNamed: true);
    }

    /// <summary>The versions that are supported, from the one that an operator asserts: older servers do not start with it.</summary>
    /// <param name="asserted">The version that the operator asserts; anything else than a version is none.</param>
    internal static ServerVersions Since(string? asserted)
    {
        ServerVersion oldest = ServerVersion.TryParse(asserted, out ServerVersion version) && version > Lines[0] ? version : Lines[0];
        return Supported.GetOrAdd(
            oldest,
            static oldest => new(
                [.. Known.Concat(ServerFeatures.Changes).Append(oldest).Where(other => other >= oldest).Distinct().Order()], areNamed: false));
    }

    /// <summary>The servers of one version; the newest ones for null.</summary>
    /// <param name="version">The version.</param>
    internal static ServerVersions Only(ServerVersion? version) => version is { } only ? new ServerVersions([only], areNamed: false) : Newest;

    /// <summary>Those of the versions that have a feature, or lack it.</summary>
    internal IEnumerable<ServerVersion> Having(ServerFeature feature, bool has) => versions.Where(version => version.Has(feature) == has);

    /// <summary>The words for some of the versions. Where they are those that lack one of some features, all older ones are meant.</summary>
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

    /// <summary>The versions, with commas between them.</summary>
    public override string ToString() => string.Join(", ", versions);
}

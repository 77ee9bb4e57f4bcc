namespace NatsKeys.Inspection;

/// <summary>A server, as it describes itself.</summary>
/// <param name="Name">Its name; its ID if it has no configured name.</param>
/// <param name="Id">Its public key, which changes with each start.</param>
/// <param name="Version">The version of the server.</param>
public sealed record ServerInformation(string Name, string Id, string Version)
{
    /// <summary>The name of its cluster; null for none.</summary>
    public string? Cluster { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name);
}

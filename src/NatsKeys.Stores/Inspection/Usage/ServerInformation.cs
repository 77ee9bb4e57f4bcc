namespace NatsKeys.Inspection;

/// <summary>A server, as it tells of itself.</summary>
/// <param name="Name">Its name; its identifier where none was given to it.</param>
/// <param name="Id">Its public key, which it makes anew at each start.</param>
/// <param name="Version">The version of the program.</param>
public sealed record ServerInformation(string Name, string Id, string Version)
{
    /// <summary>The name of its cluster; null for a server by itself.</summary>
    public string? Cluster { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name);
}

namespace NatsKeys.Claims;

/// <summary>A server, in an authorization request.</summary>
public sealed class ServerIdentity : ClaimObject
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its host.</summary>
    public string? Host { get; set; }

    /// <summary>Its public key.</summary>
    public string? Id { get; set; }

    /// <summary>Its version.</summary>
    public string? Version { get; set; }

    /// <summary>Its cluster.</summary>
    public string? Cluster { get; set; }

    /// <summary>Its tags.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>The curve public key to which the answer may be sealed.</summary>
    public string? Xkey { get; set; }

    internal override void Map(ClaimMap map)
    {
        Name = map.Text("name", Name, always: true);
        Host = map.Text("host", Host, always: true);
        Id = map.Text("id", Id, always: true);
        Version = map.Text("version", Version);
        Cluster = map.Text("cluster", Cluster);
        Tags = map.Texts("tags", Tags);
        Xkey = map.Text("xkey", Xkey);
    }
}

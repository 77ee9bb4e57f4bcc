namespace NatsKeys.Claims;

/// <summary>A server, in an authorization request.</summary>
public sealed class ServerIdentity : ClaimObject
{
    private string? name;
    private string? host;
    private string? id;
    private string? version;
    private string? cluster;
    private ClaimList<string> tags = [];
    private string? xkey;

    /// <summary>Its name.</summary>
    public string? Name { get => name; set => Set(ref name, value); }

    /// <summary>Its host.</summary>
    public string? Host { get => host; set => Set(ref host, value); }

    /// <summary>Its public key.</summary>
    public string? Id { get => id; set => Set(ref id, value); }

    /// <summary>Its version.</summary>
    public string? Version { get => version; set => Set(ref version, value); }

    /// <summary>Its cluster.</summary>
    public string? Cluster { get => cluster; set => Set(ref cluster, value); }

    /// <summary>Its tags.</summary>
    public ClaimList<string> Tags { get => tags; set => Set(ref tags, value); }

    /// <summary>The curve public key for which the response may be encrypted.</summary>
    public string? Xkey { get => xkey; set => Set(ref xkey, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("name", ref name, always: true);
        map.Text("host", ref host, always: true);
        map.Text("id", ref id, always: true);
        map.Text("version", ref version);
        map.Text("cluster", ref cluster);
        map.Texts("tags", ref tags);
        map.Text("xkey", ref xkey);
    }
}

namespace NatsKeys.Server;

/// <summary>Settings for connections to other clusters.</summary>
internal sealed record GatewaySettings
{
    /// <summary>The port for the servers of other clusters.</summary>
    public int? Port { get; init; }

    /// <summary>The other clusters with the addresses of their servers. The cluster's own name may be included: servers skip it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Clusters { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether clusters that are not among <see cref="Clusters"/> are refused.</summary>
    public bool RejectsUnknown { get; init; }

    /// <summary>Refuses settings with which a server would not start, or which it would ignore.</summary>
    internal void Check(string? clusterName)
    {
        if (Port is null)
        {
            if (Clusters.Count > 0 || RejectsUnknown)
            {
                throw ConfigWriter.Refused("Gateways require a gateway port. Without it, servers do not connect to other clusters.");
            }

            return;
        }

        if (clusterName is null)
        {
            throw ConfigWriter.Refused("A gateway requires a cluster name: it is the name by which other clusters know this one.");
        }

        foreach ((string name, IReadOnlyList<string> urls) in Clusters)
        {
            ServerSettings.RequireName("gateway", name);
            if (urls.Count == 0)
            {
                throw ConfigWriter.Refused($"The gateway '{name}' has no address.");
            }
        }
    }

    /// <summary>Writes the settings.</summary>
    internal void Write(ConfigWriter text, string? host, string? clusterName, TlsSettings? tls)
    {
        if (Port is null)
        {
            return;
        }

        text.Open("gateway");
        text.Quoted("name", clusterName);
        text.Quoted("host", host);
        text.Member("port", Port);
        text.Flag("reject_unknown_cluster", RejectsUnknown);
        if (Clusters.Count > 0)
        {
            text.OpenList("gateways");
            foreach ((string name, IReadOnlyList<string> urls) in Clusters.OrderBy(cluster => cluster.Key, StringComparer.Ordinal))
            {
                text.OpenItem();
                text.Quoted("name", name);
                text.Quoted("urls", [.. urls.Select(url => ServerSettings.AddressOf(url, "gateway"))]);
                text.Close();
            }

            text.CloseList();
        }

        tls?.WriteOther(text, verifies: true);
        text.Close();
        text.Line();
    }
}

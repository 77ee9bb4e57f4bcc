using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>What a server is called and where it listens. What is not set is not written.</summary>
internal sealed record ServerSettings
{
    /// <summary>The address that only the machine itself reaches.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The name of the server.</summary>
    public string? Name { get; init; }

    /// <summary>The address at which it listens, for clients, servers and leaf nodes; null for all of the machine.</summary>
    public string? Host { get; init; }

    /// <summary>The port for clients.</summary>
    public int? Port { get; init; }

    /// <summary>The port of the monitoring pages.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The port for leaf nodes.</summary>
    public int? LeafNodePort { get; init; }

    /// <summary>The port for the other servers of the cluster.</summary>
    public int? ClusterPort { get; init; }

    /// <summary>The name of the cluster, the same on each of its servers.</summary>
    public string? ClusterName { get; init; }

    /// <summary>Other servers of the cluster: host and port, or an address with the scheme nats or tls.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>JetStream; null while it is off.</summary>
    public JetStreamSettings? JetStream { get; init; }

    /// <summary>Refuses what a server does not start with, and what it would pass over.</summary>
    internal void Check()
    {
        RequireName("server", Name);
        RequireName("cluster", ClusterName);
        if (Host is { Length: 0 })
        {
            throw ConfigWriter.Refused("The listen address of the server is empty.");
        }

        int[] ports = [.. new[] { Port, HttpPort, LeafNodePort, ClusterPort }.OfType<int>()];
        if (ports.GroupBy(port => port).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw ConfigWriter.Refused($"Port {twice.Key} is specified twice. Each listener of a server needs its own port.");
        }

        if (ClusterPort is null && (ClusterName is not null || Routes.Count > 0))
        {
            throw ConfigWriter.Refused("A cluster requires a cluster port. Without it, servers ignore the cluster name and the routes.");
        }

        if (JetStream is not null && ClusterPort is not null && (Name is null || ClusterName is null))
        {
            throw ConfigWriter.Refused("With JetStream, a clustered server must have a server name and a cluster name.");
        }

        JetStream?.Check();
    }

    /// <summary>Writes the settings, with an empty line after each block of them.</summary>
    internal void Write(ConfigWriter text)
    {
        text.Quoted("server_name", Name);
        if (Host == Loopback)
        {
            text.Remark("Only this machine can connect. The address 0.0.0.0 listens on all addresses of the machine.");
        }

        text.Quoted("host", Host);
        text.Member("port", Port);
        text.Member("http_port", HttpPort);
        if ((Name ?? Host) is not null || (Port ?? HttpPort) is not null)
        {
            text.Line();
        }

        if (ClusterPort is not null)
        {
            text.Open("cluster");
            text.Quoted("name", ClusterName);
            WriteListener(text, ClusterPort);
            text.Quoted("routes", [.. Routes.Select(AddressOf)]);
            text.Close();
            text.Line();
        }

        if (LeafNodePort is not null)
        {
            text.Open("leafnodes");
            WriteListener(text, LeafNodePort);
            text.Close();
            text.Line();
        }

        JetStream?.Write(text);
    }

    private static void RequireName(string what, string? name)
    {
        if (name is not null && (name.Length == 0 || name.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))))
        {
            throw ConfigWriter.Refused($"'{name}' is not a valid {what} name: it is empty or has spaces.");
        }
    }

    private static string AddressOf(string route) => ServerAddress.TryRead(route, "nats", "nats-route", "tls") is { Port: >= 0 } address
        ? address.OriginalString
        : throw ConfigWriter.Refused(
            $"'{route}' is not a route. Use the host and port of another server, as in n2:6222. Passwords belong in the server's own file.");

    /// <summary>What is given for clients holds for other servers, too: nobody who names an address wants the others open.</summary>
    private void WriteListener(ConfigWriter text, int? port)
    {
        text.Quoted("host", Host);
        text.Member("port", port);
    }
}

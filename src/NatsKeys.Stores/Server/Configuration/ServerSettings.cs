using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>The name of a server, its listeners and its other settings. Settings that are null are not written.</summary>
internal sealed record ServerSettings
{
    // The default port for clients.
    private const int ClientPort = 4222;

    /// <summary>The loopback address, which only this machine can reach.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The name of the server.</summary>
    public string? Name { get; init; }

    /// <summary>The listen address for clients, servers and leaf nodes; null for all addresses of the machine.</summary>
    public string? Host { get; init; }

    /// <summary>The port for clients.</summary>
    public int? Port { get; init; }

    /// <summary>The port of the monitoring pages.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The port of the monitoring pages with TLS.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>The limits of the server.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>The certificate of the server; null without TLS.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>The WebSocket settings.</summary>
    public WebSocketSettings WebSocket { get; init; } = new();

    /// <summary>The port for MQTT clients.</summary>
    public int? MqttPort { get; init; }

    /// <summary>The port for the other servers of the cluster.</summary>
    public int? ClusterPort { get; init; }

    /// <summary>The name of the cluster, which all of its servers share.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The other servers of the cluster: host and port, or an address with the scheme nats or tls.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>The connections to other clusters.</summary>
    public GatewaySettings Gateway { get; init; } = new();

    /// <summary>The leaf node settings.</summary>
    public LeafNodeSettings LeafNodes { get; init; } = new();

    /// <summary>The JetStream settings; null to disable it.</summary>
    public JetStreamSettings? JetStream { get; init; }

    /// <summary>Refuses settings with which a server would not start, or which it would ignore.</summary>
    internal void Check()
    {
        RequireName("server", Name);
        RequireName("cluster", ClusterName);
        if (Host is { Length: 0 })
        {
            throw ConfigWriter.Refused("The listen address of the server is empty.");
        }

        if (Host is not null && (Host.Contains('[', StringComparison.Ordinal) || Uri.CheckHostName(Host) == UriHostNameType.Unknown))
        {
            throw ConfigWriter.Refused(
                $"'{TextSanitizer.Clean(Host)}' is not an address at which a server can listen. Use an IP address, such as 127.0.0.1 or ::1, "
                    + "or a name.");
        }

        int[] ports =
        [
            .. new[] { Port ?? ClientPort, HttpPort, HttpsPort, WebSocket.Port, MqttPort, ClusterPort, Gateway.Port, LeafNodes.Port }.OfType<int>(),
        ];
        if (ports.GroupBy(port => port).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw ConfigWriter.Refused(
                $"Port {twice.Key} is specified twice. Each listener of a server needs its own port. The one for clients is {Port ?? ClientPort}.");
        }

        if (HttpPort is not null && HttpsPort is not null)
        {
            throw ConfigWriter.Refused("A server shows its monitoring pages with or without TLS, not both.");
        }

        if (HttpsPort is not null && Tls is null)
        {
            throw ConfigWriter.Refused("Monitoring pages with TLS require the certificate of the server.");
        }

        if (ClusterPort is null && ((ClusterName is not null && Gateway.Port is null) || Routes.Count > 0))
        {
            throw ConfigWriter.Refused("A cluster requires a cluster port. Without it, servers ignore the cluster name and the routes.");
        }

        if (JetStream is not null && ClusterPort is not null && (Name is null || ClusterName is null))
        {
            throw ConfigWriter.Refused("With JetStream, a clustered server must have a server name and a cluster name.");
        }

        if (MqttPort is not null)
        {
            CheckMqtt();
        }

        Limits.Check();
        Tls?.Check();
        WebSocket.Check(Tls);
        Gateway.Check(ClusterName);
        LeafNodes.Check();
        JetStream?.Check();
    }

    /// <summary>The features that older servers lack, with the names of the settings that need them.</summary>
    internal IEnumerable<(ServerFeature Feature, string Setting)> Needs()
    {
        if (Tls is { HandshakeFirst: true })
        {
            yield return (ServerFeature.HandshakeFirst, "handshake_first");
        }
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
        text.Member("https_port", HttpsPort);
        Limits.Write(text);
        if ((Name ?? Host) is not null || (Port ?? HttpPort ?? HttpsPort) is not null || Limits != new LimitSettings())
        {
            text.Line();
        }

        if (Tls is not null)
        {
            Tls.Write(text);
            text.Line();
        }

        WebSocket.Write(text, Host, Tls);
        if (MqttPort is not null)
        {
            text.Open("mqtt");
            WriteListener(text, MqttPort);
            Tls?.WriteOther(text, Tls.Verifies);
            text.Close();
            text.Line();
        }

        if (ClusterPort is not null)
        {
            text.Open("cluster");
            text.Quoted("name", ClusterName);
            WriteListener(text, ClusterPort);
            text.Quoted("routes", [.. Routes.Select(route => AddressOf(route, "route"))]);
            Tls?.WriteOther(text, verifies: true);
            text.Close();
            text.Line();
        }

        Gateway.Write(text, Host, ClusterName, Tls);
        LeafNodes.Write(text, Host, Tls);
        JetStream?.Write(text);
    }

    /// <summary>Refuses a name that is empty or has spaces.</summary>
    internal static void RequireName(string what, string? name)
    {
        if (name is not null && !ConfigWriter.IsName(name))
        {
            throw ConfigWriter.Refused($"'{name}' is not a valid {what} name: it is empty or has spaces.");
        }
    }

    /// <summary>The address of another server, with its scheme.</summary>
    internal static string AddressOf(string server, string what) =>
        ServerAddress.TryRead(server, "nats", "nats-route", "tls") is { Port: >= 0 } address
        ? address.OriginalString
        : throw ConfigWriter.Refused(
            $"'{server}' is not a {what}. Use the host and port of another server, as in n2:6222. Passwords belong in the server's own file.");

    private void CheckMqtt()
    {
        if (Name is null)
        {
            throw ConfigWriter.Refused("MQTT requires a server name: it is part of the state of MQTT sessions, and must not change.");
        }

        bool isAlone = ClusterPort is null && Gateway.Port is null && LeafNodes.Port is null && LeafNodes.Remotes.Count == 0;
        if (JetStream is null && isAlone)
        {
            throw ConfigWriter.Refused("MQTT requires JetStream, which stores the sessions and retained messages.");
        }
    }

    /// <summary>
    /// Writes a listener. The listen address for clients is used for other listeners, too, so that these are not open to everybody.
    /// </summary>
    private void WriteListener(ConfigWriter text, int? port)
    {
        text.Quoted("host", Host);
        text.Member("port", port);
    }
}

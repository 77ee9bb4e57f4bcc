using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <content>The parameters for the resolver and for the server itself.</content>
public sealed partial class NewNatsServerConfigCommand
{
    private const int HighestPort = 65535;
    private bool? allowDelete;
    private bool? hardDelete;

    /// <summary>The folder in which the server stores accounts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    /// <summary>Allows accounts to be deleted.</summary>
    [Parameter]
    public SwitchParameter AllowDelete
    {
        get => allowDelete ?? false;
        set => allowDelete = value;
    }

    /// <summary>Removes the files of deleted accounts, instead of renaming them.</summary>
    [Parameter]
    public SwitchParameter HardDelete
    {
        get => hardDelete ?? false;
        set => hardDelete = value;
    }

    /// <summary>The time between two synchronizations of accounts with other servers.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Interval { get; set; }

    /// <summary>How long the server waits for other servers when it looks up an account.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Timeout { get; set; }

    /// <summary>The maximum number of accounts that the server stores.</summary>
    [Parameter]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public long? Limit { get; set; }

    /// <summary>How long the server caches an account.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Ttl { get; set; }

    /// <summary>The name of the server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ServerName { get; set; }

    /// <summary>The address on which the server listens. By default, only the machine itself can connect.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(ListenAddressCompleter))]
    public string? Address { get; set; }

    /// <summary>The port for clients.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? Port { get; set; }

    /// <summary>The name of the cluster, which is also its gateway name.</summary>
    [Parameter]
    [Alias("GatewayName")]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ClusterName { get; set; }

    /// <summary>The port for the other servers of the cluster.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? ClusterPort { get; set; }

    /// <summary>The other servers of the cluster.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Route { get; set; } = [];

    /// <summary>Turns JetStream on.</summary>
    [Parameter]
    public SwitchParameter JetStream { get; set; }

    /// <summary>The folder of JetStream's files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? JetStreamDirectory { get; set; }

    /// <summary>The domain of JetStream.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? JetStreamDomain { get; set; }

    /// <summary>The maximum memory of streams.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? JetStreamMaxMemory { get; set; }

    /// <summary>The maximum disk space of streams.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? JetStreamMaxFile { get; set; }

    private bool HasJetStream =>
        JetStream || (JetStreamDirectory ?? JetStreamDomain) is not null || (JetStreamMaxMemory ?? JetStreamMaxFile) is not null;

    private ResolverSettings ResolverSettings() => new()
    {
        Directory = Directory,
        AllowDelete = allowDelete,
        HardDelete = hardDelete,
        Interval = Interval?.Duration,
        Timeout = Timeout?.Duration,
        Limit = Limit,
        TimeToLive = Ttl?.Duration,
    };

    private ServerSettings ServerSettings(NatsOperator above) => new()
    {
        Name = ServerName,
        Host = Address ?? NatsKeys.Server.ServerSettings.Loopback,
        Port = Port,
        HttpPort = HttpPort,
        HttpsPort = HttpsPort,
        Limits = LimitSettings(),
        Tls = TlsSettings(),
        WebSocket = WebSocketSettings(),
        MqttPort = MqttPort,
        Gateway = GatewaySettings(),
        LeafNodes = LeafNodeSettings(above),
        ClusterName = ClusterName,
        ClusterPort = ClusterPort,
        Routes = Route,
        JetStream = !HasJetStream ? null : new JetStreamSettings
        {
            Directory = JetStreamDirectory,
            Domain = JetStreamDomain,
            MaxMemory = JetStreamMaxMemory?.Value,
            MaxFile = JetStreamMaxFile?.Value,
        },
    };
}

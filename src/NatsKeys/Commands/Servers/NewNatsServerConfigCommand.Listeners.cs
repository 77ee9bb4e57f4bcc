using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <content>The parameters for listeners other than the client port, and for connections to other servers.</content>
public sealed partial class NewNatsServerConfigCommand
{
    /// <summary>The port of the monitoring pages.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? HttpPort { get; set; }

    /// <summary>The port of the monitoring pages with TLS.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? HttpsPort { get; set; }

    /// <summary>The port for WebSocket clients.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? WebSocketPort { get; set; }

    /// <summary>Accepts WebSocket clients without TLS.</summary>
    [Parameter]
    public SwitchParameter WebSocketNoTls { get; set; }

    /// <summary>The origins of web pages that may connect.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] WebSocketOrigin { get; set; } = [];

    /// <summary>Accepts only web pages of the server's own address.</summary>
    [Parameter]
    public SwitchParameter WebSocketSameOrigin { get; set; }

    /// <summary>Compresses messages to WebSocket clients.</summary>
    [Parameter]
    public SwitchParameter WebSocketCompression { get; set; }

    /// <summary>The name of the cookie that contains the token of the user.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? WebSocketJwtCookie { get; set; }

    /// <summary>The port for MQTT clients.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? MqttPort { get; set; }

    /// <summary>The port for leaf nodes.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? LeafNodePort { get; set; }

    /// <summary>The servers to which this one is a leaf node: tables with Url, Account and CredentialPath.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public LeafNodeRemoteArgument[] LeafNodeRemote { get; set; } = [];

    /// <summary>The port for the servers of other clusters.</summary>
    [Parameter]
    [ValidateRange(1, HighestPort)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? GatewayPort { get; set; }

    /// <summary>The other clusters: a table of names and addresses.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public GatewayArgument? Gateway { get; set; }

    /// <summary>Rejects clusters that are not listed in <see cref="Gateway"/>.</summary>
    [Parameter]
    public SwitchParameter GatewayRejectUnknown { get; set; }

    private WebSocketSettings WebSocketSettings() => new()
    {
        Port = WebSocketPort,
        WithoutTls = WebSocketNoTls,
        Origins = WebSocketOrigin,
        SameOrigin = WebSocketSameOrigin,
        Compresses = WebSocketCompression,
        TokenCookie = WebSocketJwtCookie,
    };

    private GatewaySettings GatewaySettings() => Gateway is null
        ? new GatewaySettings { Port = GatewayPort, RejectsUnknown = GatewayRejectUnknown }
        : new GatewaySettings { Port = GatewayPort, RejectsUnknown = GatewayRejectUnknown, Clusters = Gateway.Read() };

    private LeafNodeSettings LeafNodeSettings(NatsOperator above) => new()
    {
        Port = LeafNodePort,
        Remotes = [.. LeafNodeRemote.Select(remote => remote.Read(above))],
    };
}

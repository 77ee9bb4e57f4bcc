using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;

namespace NatsKeys.Commands;

/// <content>The parameters for limits of the server, which apply to all accounts.</content>
public sealed partial class NewNatsServerConfigCommand
{
    /// <summary>The maximum number of clients.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxConnections { get; set; }

    /// <summary>The maximum number of subscriptions of one client.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxSubscriptions { get; set; }

    /// <summary>The maximum size of a message.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxPayload { get; set; }

    /// <summary>The maximum size of a protocol line.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxControlLine { get; set; }

    /// <summary>The maximum size of pending data for a client that does not read.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxPending { get; set; }

    private LimitSettings LimitSettings() => new()
    {
        MaxConnections = MaxConnections?.Value,
        MaxSubscriptions = MaxSubscriptions?.Value,
        MaxPayload = MaxPayload?.Value,
        MaxControlLine = MaxControlLine?.Value,
        MaxPending = MaxPending?.Value,
    };
}

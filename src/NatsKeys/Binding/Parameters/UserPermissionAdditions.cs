using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that add permissions and restrictions of users.</summary>
public sealed class UserPermissionAdditions : PermissionAdditions
{
    /// <summary>Networks in CIDR notation to add to the allowed source networks.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddSourceNetwork { get; set; } = [];

    /// <summary>Connection types to add to the allowed ones.</summary>
    [Parameter]
    [ConnectionType]
    [ArgumentCompleter(typeof(ConnectionTypeCompleter))]
    public string[] AddConnectionType { get; set; } = [];

    /// <summary>Time ranges to add to the allowed times.</summary>
    [Parameter]
    [TimeRange]
    [ArgumentCompleter(typeof(TimeRangeCompleter))]
    public string[] AddAllowedTime { get; set; } = [];

    /// <summary>Adds the given entries that do not exist yet.</summary>
    internal void ApplyTo(UserPermissions permissions)
    {
        base.ApplyTo(permissions);
        TextLists.Add(permissions.Src, AddSourceNetwork.Select(network => network.Trim()));
        TextLists.Add(permissions.AllowedConnectionTypes, AddConnectionType.Select(ConnectionTypeAttribute.Fold));
        TimeRanges.Add(permissions.Times, AddAllowedTime);
    }
}

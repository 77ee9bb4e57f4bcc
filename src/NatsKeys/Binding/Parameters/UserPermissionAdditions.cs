using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that add to the permissions and restrictions of users.</summary>
public sealed class UserPermissionAdditions : PermissionAdditions
{
    /// <summary>Networks in CIDR form to add to those from which to connect.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddSourceNetwork { get; set; } = [];

    /// <summary>Ways to add to those in which to connect.</summary>
    [Parameter]
    [ConnectionType]
    [ArgumentCompleter(typeof(ConnectionTypeCompleter))]
    public string[] AddConnectionType { get; set; } = [];

    /// <summary>Times of the day to add to those at which to be connected.</summary>
    [Parameter]
    [TimeRange]
    [ArgumentCompleter(typeof(TimeRangeCompleter))]
    public string[] AddAllowedTime { get; set; } = [];

    /// <summary>Adds what was given and is not there yet.</summary>
    internal void ApplyTo(UserPermissions permissions)
    {
        base.ApplyTo(permissions);
        TextLists.Add(permissions.Src, AddSourceNetwork.Select(network => network.Trim()));
        TextLists.Add(permissions.AllowedConnectionTypes, AddConnectionType.Select(ConnectionTypeAttribute.Fold));
        TimeRanges.Add(permissions.Times, AddAllowedTime);
    }
}

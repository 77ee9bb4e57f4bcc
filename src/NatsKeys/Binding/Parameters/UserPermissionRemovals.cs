using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that take permissions and restrictions of users away.</summary>
public sealed class UserPermissionRemovals : PermissionRemovals
{
    /// <summary>Networks from which to connect no longer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveSourceNetwork { get; set; } = [];

    /// <summary>Ways in which to connect no longer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveConnectionType { get; set; } = [];

    /// <summary>Times of the day at which to be connected no longer.</summary>
    [Parameter]
    [TimeRange]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowedTime { get; set; } = [];

    /// <summary>Takes away what was given.</summary>
    internal void ApplyTo(UserPermissions permissions)
    {
        base.ApplyTo(permissions);
        Remove(permissions.Src, RemoveSourceNetwork.Select(network => network.Trim()), "connect from every network");

        // Others may have written a type in lower case.
        string[] gone = [.. RemoveConnectionType.Select(ConnectionTypeAttribute.Fold)];
        Remove(
            permissions.AllowedConnectionTypes,
            permissions.AllowedConnectionTypes.Where(type => gone.Contains(ConnectionTypeAttribute.Fold(type))).ToArray(),
            "connect in every way");
        foreach (TimeRange range in RemoveAllowedTime.Select(TimeRanges.Parse).OfType<TimeRange>())
        {
            permissions.Times.RemoveAll(other => TimeRanges.AreSame(range, other));
        }
    }
}

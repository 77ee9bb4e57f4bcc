using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that remove permissions and restrictions of users.</summary>
public sealed class UserPermissionRemovals : PermissionRemovals
{
    /// <summary>Networks to remove from the allowed source networks.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveSourceNetwork { get; set; } = [];

    /// <summary>Connection types to remove from the allowed ones.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveConnectionType { get; set; } = [];

    /// <summary>Time ranges to remove from the allowed times.</summary>
    [Parameter]
    [TimeRange]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowedTime { get; set; } = [];

    /// <summary>Removes the given entries.</summary>
    internal void ApplyTo(UserPermissions permissions)
    {
        base.ApplyTo(permissions);
        Remove(permissions.Src, RemoveSourceNetwork.Select(network => network.Trim()), nameof(RemoveSourceNetwork), EmptyListEffect.Network);

        // Other tools may have written a type in lower case.
        ClaimList<string> types = permissions.AllowedConnectionTypes;
        string[] gone = [.. RemoveConnectionType.SelectMany(
            type => types.Where(known => ConnectionTypeAttribute.Fold(known) == ConnectionTypeAttribute.Fold(type)).DefaultIfEmpty(type))];
        Remove(types, gone, nameof(RemoveConnectionType), EmptyListEffect.ConnectionType);
        foreach (string text in RemoveAllowedTime)
        {
            if (TimeRanges.Parse(text) is { } range && permissions.Times.RemoveAll(other => TimeRanges.AreSame(range, other)) == 0)
            {
                Miss(nameof(RemoveAllowedTime), text);
            }
        }
    }
}

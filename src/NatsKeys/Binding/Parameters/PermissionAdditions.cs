using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that add permissions, which several cmdlets share.</summary>
public class PermissionAdditions
{
    /// <summary>Subjects to add to the allowed publish subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddAllowPublish { get; set; } = [];

    /// <summary>Subjects to add to the denied publish subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddDenyPublish { get; set; } = [];

    /// <summary>Subjects to add to the allowed subscribe subjects. A queue group may follow after a space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddAllowSubscribe { get; set; } = [];

    /// <summary>Subjects to add to the denied subscribe subjects. A queue group may follow after a space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddDenySubscribe { get; set; } = [];

    /// <summary>Subjects to add to the allowed publish and subscribe subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddAllowPublishSubscribe { get; set; } = [];

    /// <summary>Adds the given entries that do not exist yet.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        TextLists.Add(permissions.Pub.Allow, AddAllowPublish.Concat(AddAllowPublishSubscribe));
        TextLists.Add(permissions.Pub.Deny, AddDenyPublish);
        TextLists.Add(permissions.Sub.Allow, AddAllowSubscribe.Concat(AddAllowPublishSubscribe));
        TextLists.Add(permissions.Sub.Deny, AddDenySubscribe);
    }
}

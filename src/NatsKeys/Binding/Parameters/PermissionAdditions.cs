using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that add to what may be published and subscribed to, shared by every cmdlet that changes it.</summary>
public class PermissionAdditions
{
    /// <summary>Subjects to add to those that may be published on.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddAllowPublish { get; set; } = [];

    /// <summary>Subjects to add to those that may not be published on.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddDenyPublish { get; set; } = [];

    /// <summary>Subjects to add to those that may be subscribed to; a queue group may follow after one space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddAllowSubscribe { get; set; } = [];

    /// <summary>Subjects to add to those that may not be subscribed to; a queue group may follow after one space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddDenySubscribe { get; set; } = [];

    /// <summary>Subjects to add to those that may be published on and subscribed to.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddAllowPublishSubscribe { get; set; } = [];

    /// <summary>Adds what was given and is not there yet.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        TextLists.Add(permissions.Pub.Allow, AddAllowPublish.Concat(AddAllowPublishSubscribe));
        TextLists.Add(permissions.Pub.Deny, AddDenyPublish);
        TextLists.Add(permissions.Sub.Allow, AddAllowSubscribe.Concat(AddAllowPublishSubscribe));
        TextLists.Add(permissions.Sub.Deny, AddDenySubscribe);
    }
}

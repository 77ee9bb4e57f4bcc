using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that take permissions away, shared by every cmdlet that sets them.</summary>
public class PermissionRemovals
{
    /// <summary>What is open to all since its last entry went, in words.</summary>
    private readonly List<string> opened = [];

    /// <summary>Subjects that are no longer allowed to be published on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowPublish { get; set; } = [];

    /// <summary>Subjects that are no longer denied to be published on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveDenyPublish { get; set; } = [];

    /// <summary>Subjects, with their queue groups, that are no longer allowed to be subscribed to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowSubscribe { get; set; } = [];

    /// <summary>Subjects, with their queue groups, that are no longer denied to be subscribed to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveDenySubscribe { get; set; } = [];

    /// <summary>Subjects that are no longer allowed to be published on and subscribed to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowPublishSubscribe { get; set; } = [];

    /// <summary>Takes the permission to answer requests away.</summary>
    [Parameter]
    public SwitchParameter RemoveResponse { get; set; }

    /// <summary>What is open to all since the last entry that restricted it was removed. An empty list of what is allowed means everything.</summary>
    internal IReadOnlyList<string> Opened => opened;

    /// <summary>Takes away what was given.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        opened.Clear();
        Remove(permissions.Pub.Allow, RemoveAllowPublish.Concat(RemoveAllowPublishSubscribe), "publish on every subject that is not denied");
        Remove(permissions.Sub.Allow, RemoveAllowSubscribe.Concat(RemoveAllowPublishSubscribe), "subscribe to every subject that is not denied");
        TextLists.Remove(permissions.Pub.Deny, RemoveDenyPublish);
        TextLists.Remove(permissions.Sub.Deny, RemoveDenySubscribe);
        permissions.Resp = RemoveResponse ? null : permissions.Resp;
    }

    private protected void Remove(ClaimList<string> list, IEnumerable<string> texts, string emptied)
    {
        if (TextLists.Remove(list, texts))
        {
            opened.Add(emptied);
        }
    }
}

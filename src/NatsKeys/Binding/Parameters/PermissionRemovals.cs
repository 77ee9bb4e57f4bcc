using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that take permissions away, shared by every cmdlet that sets them.</summary>
public class PermissionRemovals
{
    private readonly List<(ClaimList<string> List, string Emptied)> shortened = [];
    private readonly List<(string Parameter, string Value, string? Meant)> missing = [];

    /// <summary>Subjects that are no longer allowed to be published on.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowPublish { get; set; } = [];

    /// <summary>Subjects that are no longer denied to be published on.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveDenyPublish { get; set; } = [];

    /// <summary>Subjects, with their queue groups, that are no longer allowed to be subscribed to.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowSubscribe { get; set; } = [];

    /// <summary>Subjects, with their queue groups, that are no longer denied to be subscribed to.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveDenySubscribe { get; set; } = [];

    /// <summary>Subjects that are no longer allowed to be published on and subscribed to.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowPublishSubscribe { get; set; } = [];

    /// <summary>Takes the permission to answer requests away.</summary>
    [Parameter]
    public SwitchParameter RemoveResponse { get; set; }

    /// <summary>What is open to all since the last entry that restricted it was removed. An empty list of what is allowed means everything.</summary>
    internal IEnumerable<string> Opened => shortened.Where(list => list.List.Count == 0).Select(list => list.Emptied).Distinct();

    /// <summary>What was to be removed and is not there.</summary>
    internal IReadOnlyList<(string Parameter, string Value, string? Meant)> Missing => missing;

    /// <summary>Takes away what was given.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        shortened.Clear();
        missing.Clear();
        Remove(permissions.Pub.Allow, RemoveAllowPublish, nameof(RemoveAllowPublish), Opening.Publish);
        Remove(permissions.Sub.Allow, RemoveAllowSubscribe, nameof(RemoveAllowSubscribe), Opening.Subscribe);
        Remove(permissions.Pub.Deny, RemoveDenyPublish, nameof(RemoveDenyPublish));
        Remove(permissions.Sub.Deny, RemoveDenySubscribe, nameof(RemoveDenySubscribe));
        string[] published = [.. RemoveAllowPublishSubscribe.Intersect(permissions.Pub.Allow)];
        string[] neither = [.. RemoveAllowPublishSubscribe.Except(permissions.Sub.Allow).Except(published)];
        Remove(permissions.Pub.Allow, published, nameof(RemoveAllowPublishSubscribe), Opening.Publish);
        Remove(permissions.Sub.Allow, neither, nameof(RemoveAllowPublishSubscribe));
        Remove(
            permissions.Sub.Allow,
            RemoveAllowPublishSubscribe.Intersect(permissions.Sub.Allow),
            nameof(RemoveAllowPublishSubscribe),
            Opening.Subscribe);
        permissions.Resp = RemoveResponse ? null : permissions.Resp;
    }

    /// <summary>Takes texts off a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="parameter">The parameter that has them.</param>
    /// <param name="emptied">What is open to all where the list becomes empty; null where nothing is.</param>
    private protected void Remove(ClaimList<string> list, IEnumerable<string> texts, string parameter, Opening? emptied = null)
    {
        int before = list.Count;
        missing.AddRange(TextLists.Remove(list, texts, parameter));
        if (emptied is not null && list.Count < before)
        {
            shortened.Add((list, emptied.What));
        }
    }

    /// <summary>Notes what was to be removed and is not there.</summary>
    private protected void Miss(string parameter, string value) => missing.Add((parameter, value, null));
}

using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters that remove permissions, which several cmdlets share.</summary>
public class PermissionRemovals
{
    private readonly List<(ClaimList<string> List, string Emptied)> shortened = [];
    private readonly List<(string Parameter, string Value, string? Meant)> missing = [];

    /// <summary>Subjects to remove from the allowed publish subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowPublish { get; set; } = [];

    /// <summary>Subjects to remove from the denied publish subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveDenyPublish { get; set; } = [];

    /// <summary>Subjects, with their queue groups, to remove from the allowed subscribe subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowSubscribe { get; set; } = [];

    /// <summary>Subjects, with their queue groups, to remove from the denied subscribe subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveDenySubscribe { get; set; } = [];

    /// <summary>Subjects to remove from the allowed publish and subscribe subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveAllowPublishSubscribe { get; set; } = [];

    /// <summary>Removes the permission to reply to requests.</summary>
    [Parameter]
    public SwitchParameter RemoveResponse { get; set; }

    /// <summary>What became allowed because the last restricting entry was removed. An empty list of allowed subjects allows everything.</summary>
    internal IEnumerable<string> Opened => shortened.Where(list => list.List.Count == 0).Select(list => list.Emptied).Distinct();

    /// <summary>The entries that were to be removed but do not exist.</summary>
    internal IReadOnlyList<(string Parameter, string Value, string? Meant)> Missing => missing;

    /// <summary>Removes the given entries.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        shortened.Clear();
        missing.Clear();
        Remove(permissions.Pub.Allow, RemoveAllowPublish, nameof(RemoveAllowPublish), EmptyListEffect.Publish);
        Remove(permissions.Sub.Allow, RemoveAllowSubscribe, nameof(RemoveAllowSubscribe), EmptyListEffect.Subscribe);
        Remove(permissions.Pub.Deny, RemoveDenyPublish, nameof(RemoveDenyPublish));
        Remove(permissions.Sub.Deny, RemoveDenySubscribe, nameof(RemoveDenySubscribe));
        string[] published = [.. RemoveAllowPublishSubscribe.Intersect(permissions.Pub.Allow)];
        string[] neither = [.. RemoveAllowPublishSubscribe.Except(permissions.Sub.Allow).Except(published)];
        Remove(permissions.Pub.Allow, published, nameof(RemoveAllowPublishSubscribe), EmptyListEffect.Publish);
        Remove(permissions.Sub.Allow, neither, nameof(RemoveAllowPublishSubscribe));
        Remove(
            permissions.Sub.Allow,
            RemoveAllowPublishSubscribe.Intersect(permissions.Sub.Allow),
            nameof(RemoveAllowPublishSubscribe),
            EmptyListEffect.Subscribe);
        permissions.Resp = RemoveResponse ? null : permissions.Resp;
    }

    /// <summary>Removes texts from a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="parameter">The parameter with the texts.</param>
    /// <param name="emptied">What an empty list allows; null for nothing.</param>
    private protected void Remove(ClaimList<string> list, IEnumerable<string> texts, string parameter, EmptyListEffect? emptied = null)
    {
        int before = list.Count;
        missing.AddRange(TextLists.Remove(list, texts, parameter));
        if (emptied is not null && list.Count < before)
        {
            shortened.Add((list, emptied.What));
        }
    }

    /// <summary>Records an entry that was to be removed but does not exist.</summary>
    private protected void Miss(string parameter, string value) => missing.Add((parameter, value, null));
}

using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>The parameters that set permissions, which several cmdlets share. They replace existing entries.</summary>
public class PermissionParameters
{
    private static readonly long DefaultResponseTime = TimeSpan.FromMinutes(2).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The allowed publish subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? AllowPublish { get; set; }

    /// <summary>The denied publish subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? DenyPublish { get; set; }

    /// <summary>The allowed subscribe subjects. A queue group may follow after a space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? AllowSubscribe { get; set; }

    /// <summary>The denied subscribe subjects. A queue group may follow after a space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? DenySubscribe { get; set; }

    /// <summary>The allowed publish and subscribe subjects.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? AllowPublishSubscribe { get; set; }

    /// <summary>The permissions of recipes, as returned by <c>New-NatsPermission</c>.</summary>
    [Parameter]
    [Recipe]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsPermission[]? Permission { get; set; }

    /// <summary>The maximum number of responses to a request on its reply subject.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? AllowResponse { get; set; }

    /// <summary>The time limit for responses; the default is two minutes.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? ResponseTtl { get; set; }

    /// <summary>Whether any of the parameters was given.</summary>
    internal virtual bool IsAnyGiven =>
        (AllowPublish ?? DenyPublish ?? AllowSubscribe ?? DenySubscribe ?? AllowPublishSubscribe) is not null
        || AllowResponse is not null || ResponseTtl is not null || Permission is not null;

    /// <summary>Sets the given values.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        Replace(
            permissions.Pub.Allow, nameof(AllowPublish), With(AllowPublish, recipe => recipe.AllowPublish), AllowPublishSubscribe,
            EmptyListEffect.Publish);
        Replace(
            permissions.Sub.Allow, nameof(AllowSubscribe), With(AllowSubscribe, recipe => recipe.AllowSubscribe), AllowPublishSubscribe,
            EmptyListEffect.Subscribe);
        TextLists.Replace(permissions.Pub.Deny, nameof(DenyPublish), DenyPublish, EmptyListEffect.DeniedPublish);
        TextLists.Replace(permissions.Sub.Deny, nameof(DenySubscribe), DenySubscribe, EmptyListEffect.DeniedSubscribe);
        int? answers = AllowResponse ?? Permission?.Max(recipe => recipe.AllowResponse);
        if (answers is not null || ResponseTtl is not null)
        {
            permissions.Resp ??= new ResponsePermission { Max = 1, Ttl = DefaultResponseTime };
            permissions.Resp.Max = answers ?? permissions.Resp.Max;
            permissions.Resp.Ttl = ResponseTtl?.Nanoseconds ?? permissions.Resp.Ttl;
        }
    }

    /// <summary>The subjects of a parameter and of the recipes. A recipe without such subjects does not change the list.</summary>
    private string[]? With(string[]? given, Func<NatsPermission, IReadOnlyList<string>> subjects)
    {
        string[] added = [.. (Permission ?? []).SelectMany(subjects).Distinct(StringComparer.Ordinal)];
        return added.Length == 0 ? given : [.. (given ?? []).Union(added, StringComparer.Ordinal)];
    }

    /// <summary>Replaces a list with the values of two parameters. It becomes empty only if one is given and neither has entries.</summary>
    private static void Replace(
        ClaimList<string> list, string parameter, string[]? own, string[]? both, EmptyListEffect ifEmpty) => TextLists.Replace(
        list,
        own is null ? nameof(AllowPublishSubscribe) : parameter,
        own is null ? both : [.. own, .. both ?? []],
        ifEmpty);
}

using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>
/// The parameters that say what may be published and subscribed to, shared by every cmdlet that sets it. They replace what is there.
/// </summary>
public class PermissionParameters
{
    private static readonly long DefaultResponseTime = TimeSpan.FromMinutes(2).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Subjects that may be published on.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? AllowPublish { get; set; }

    /// <summary>Subjects that may not be published on.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? DenyPublish { get; set; }

    /// <summary>Subjects that may be subscribed to; a queue group may follow after one space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? AllowSubscribe { get; set; }

    /// <summary>Subjects that may not be subscribed to; a queue group may follow after one space.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? DenySubscribe { get; set; }

    /// <summary>Subjects that may be published on and subscribed to.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? AllowPublishSubscribe { get; set; }

    /// <summary>What recipes allow, as <c>New-NatsPermission</c> gives it.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsPermission[]? Permission { get; set; }

    /// <summary>How many answers to each received request may be published on its reply subject.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? AllowResponse { get; set; }

    /// <summary>How long after a request its answers may be published; two minutes without it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? ResponseTtl { get; set; }

    /// <summary>Whether any of the parameters was given.</summary>
    internal virtual bool IsAnyGiven =>
        (AllowPublish ?? DenyPublish ?? AllowSubscribe ?? DenySubscribe ?? AllowPublishSubscribe) is not null
        || AllowResponse is not null || ResponseTtl is not null || Permission is not null;

    /// <summary>Sets what was given.</summary>
    internal void ApplyTo(Permissions permissions)
    {
        Replace(
            permissions.Pub.Allow, nameof(AllowPublish), With(AllowPublish, recipe => recipe.AllowPublish), AllowPublishSubscribe, Opening.Publish);
        Replace(
            permissions.Sub.Allow, nameof(AllowSubscribe), With(AllowSubscribe, recipe => recipe.AllowSubscribe), AllowPublishSubscribe,
            Opening.Subscribe);
        TextLists.Replace(permissions.Pub.Deny, nameof(DenyPublish), DenyPublish, Opening.DeniedPublish);
        TextLists.Replace(permissions.Sub.Deny, nameof(DenySubscribe), DenySubscribe, Opening.DeniedSubscribe);
        int? answers = AllowResponse ?? Permission?.Max(recipe => recipe.AllowResponse);
        if (answers is not null || ResponseTtl is not null)
        {
            permissions.Resp ??= new ResponsePermission { Max = 1, Ttl = DefaultResponseTime };
            permissions.Resp.Max = answers ?? permissions.Resp.Max;
            permissions.Resp.Ttl = ResponseTtl?.Nanoseconds ?? permissions.Resp.Ttl;
        }
    }

    /// <summary>What a parameter says with what recipes add to it. A recipe that has no subject says nothing of that list.</summary>
    private string[]? With(string[]? given, Func<NatsPermission, IReadOnlyList<string>> subjects)
    {
        string[] added = [.. (Permission ?? []).SelectMany(subjects).Distinct(StringComparer.Ordinal)];
        return added.Length == 0 ? given : [.. (given ?? []).Union(added, StringComparer.Ordinal)];
    }

    /// <summary>Replaces a list by what two parameters say together: only where both say nothing does it become empty.</summary>
    private static void Replace(ClaimList<string> list, string parameter, string[]? own, string[]? both, Opening opening) => TextLists.Replace(
        list,
        own is null ? nameof(AllowPublishSubscribe) : parameter,
        own is null ? both : [.. own, .. both ?? []],
        opening);
}

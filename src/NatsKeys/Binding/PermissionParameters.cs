using System.Management.Automation;
using NatsKeys.Claims;

namespace NatsKeys.Binding;

/// <summary>The parameters that say what may be published and subscribed to, shared by every cmdlet that sets it.</summary>
public class PermissionParameters
{
    private static readonly TimeSpan DefaultResponseTime = TimeSpan.FromMinutes(2);

    /// <summary>Subjects that may be published on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowPublish { get; set; } = [];

    /// <summary>Subjects that may not be published on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DenyPublish { get; set; } = [];

    /// <summary>Subjects that may be subscribed to; a queue group may follow after one space.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowSubscribe { get; set; } = [];

    /// <summary>Subjects that may not be subscribed to; a queue group may follow after one space.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DenySubscribe { get; set; } = [];

    /// <summary>Subjects that may be published on and subscribed to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowPublishSubscribe { get; set; } = [];

    /// <summary>How many answers to each received request may be published on its reply subject.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? AllowResponse { get; set; }

    /// <summary>How long after a request its answers may be published; two minutes without it.</summary>
    [Parameter]
    public TimeSpan? ResponseTtl { get; set; }

    /// <summary>Whether any of the parameters was given.</summary>
    internal virtual bool IsAnyGiven =>
        AllowPublish.Length + DenyPublish.Length + AllowSubscribe.Length + DenySubscribe.Length + AllowPublishSubscribe.Length > 0
        || AllowResponse is not null || ResponseTtl is not null;

    /// <summary>Sets what was given.</summary>
    internal void Apply(Permissions permissions)
    {
        permissions.Pub.Allow.AddRange(AllowPublish.Concat(AllowPublishSubscribe).Except(permissions.Pub.Allow));
        permissions.Pub.Deny.AddRange(DenyPublish.Except(permissions.Pub.Deny));
        permissions.Sub.Allow.AddRange(AllowSubscribe.Concat(AllowPublishSubscribe).Except(permissions.Sub.Allow));
        permissions.Sub.Deny.AddRange(DenySubscribe.Except(permissions.Sub.Deny));
        if (AllowResponse is not null || ResponseTtl is not null)
        {
            permissions.Resp = new ResponsePermission { Max = AllowResponse ?? 1, Ttl = (ResponseTtl ?? DefaultResponseTime).Ticks * TimeSpan.NanosecondsPerTick };
        }
    }
}

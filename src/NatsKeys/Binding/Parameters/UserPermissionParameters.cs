using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>The parameters for the permissions of a user, or of the users of a scoped signing key.</summary>
public class UserPermissionParameters : PermissionParameters
{
    private bool? bearerToken;
    private bool? proxyRequired;

    /// <summary>The source networks in CIDR notation, such as <c>192.0.2.0/24</c>.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? SourceNetwork { get; set; }

    /// <summary>Lets clients connect with the token alone, without a signature of the user's key.</summary>
    [Parameter]
    public SwitchParameter BearerToken
    {
        get => bearerToken ?? false;
        set => bearerToken = value;
    }

    /// <summary>Accepts only connections through a trusted proxy.</summary>
    [Parameter]
    public SwitchParameter ProxyRequired
    {
        get => proxyRequired ?? false;
        set => proxyRequired = value;
    }

    /// <summary>The allowed connection types; all if omitted.</summary>
    [Parameter]
    [ConnectionType]
    [ArgumentCompleter(typeof(ConnectionTypeCompleter))]
    public string[]? ConnectionType { get; set; }

    /// <summary>The maximum number of subscriptions.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxSubscriptions { get; set; }

    /// <summary>The maximum number of bytes. Servers store it and do not enforce it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxData { get; set; }

    /// <summary>The maximum size of a message, such as <c>64kb</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxPayload { get; set; }

    /// <summary>The times of the day at which the user may be connected, such as <c>08:00-18:00</c>.</summary>
    [Parameter]
    [TimeRange]
    [ArgumentCompleter(typeof(TimeRangeCompleter))]
    public string[]? AllowedTime { get; set; }

    /// <summary>The IANA time zone of the times, such as <c>Europe/Berlin</c>; the server's zone if omitted.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [NoSeed]
    public string? Locale { get; set; }

    /// <inheritdoc/>
    internal override bool IsAnyGiven =>
        base.IsAnyGiven
        || (SourceNetwork ?? ConnectionType ?? AllowedTime) is not null
        || bearerToken is not null || proxyRequired is not null
        || MaxSubscriptions is not null || MaxData is not null || MaxPayload is not null || Locale is not null;

    /// <summary>Whether the given values are those of the template of a role, as a table of its users shows them.</summary>
    /// <param name="template">The template; null for none.</param>
    internal bool IsSameAs(UserPermissions? template)
    {
        if (template is null || !IsAnyGiven)
        {
            return false;
        }

        var changed = (UserPermissions)template.Copy();
        ApplyTo(changed);
        return ClaimDifference.Between(new UserClaims { Permissions = changed }, new UserClaims { Permissions = template }).Count == 0;
    }

    /// <summary>Creates permissions with the given values; null if none was given.</summary>
    internal UserPermissions? Make()
    {
        if (!IsAnyGiven)
        {
            return null;
        }

        var permissions = new UserPermissions();
        ApplyTo(permissions);
        return permissions;
    }

    /// <summary>Sets the given values.</summary>
    internal void ApplyTo(UserPermissions permissions)
    {
        base.ApplyTo(permissions);
        TextLists.Replace(permissions.Src, nameof(SourceNetwork), SourceNetwork?.Select(network => network.Trim()), EmptyListEffect.Network);
        TextLists.Replace(
            permissions.AllowedConnectionTypes, nameof(ConnectionType), ConnectionType?.Select(ConnectionTypeAttribute.Fold),
            EmptyListEffect.ConnectionType);
        if (AllowedTime is not null)
        {
            EmptyListEffect.Time.Refuse(nameof(AllowedTime), AllowedTime);
            permissions.Times.Clear();
            TimeRanges.Add(permissions.Times, AllowedTime);
        }

        permissions.BearerToken = bearerToken ?? permissions.BearerToken;
        permissions.ProxyRequired = proxyRequired ?? permissions.ProxyRequired;
        permissions.Subs = MaxSubscriptions?.Value ?? permissions.Subs;
        permissions.Data = MaxData?.Value ?? permissions.Data;
        permissions.Payload = MaxPayload?.Value ?? permissions.Payload;
        permissions.TimesLocation = Locale ?? permissions.TimesLocation;
    }
}

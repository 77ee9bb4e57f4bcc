using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Errors;

namespace NatsKeys.Binding;

/// <summary>The parameters of accounts, which several cmdlets share.</summary>
public sealed class AccountParameters
{
    private const int AllTraces = 100;
    private bool? allowWildcardExports;
    private bool? disallowBearer;

    /// <summary>The maximum number of client connections.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxConnections { get; set; }

    /// <summary>The maximum number of leaf node connections.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxLeafNodes { get; set; }

    /// <summary>The maximum number of bytes. Servers store it and do not enforce it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxData { get; set; }

    /// <summary>The maximum number of exports.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxExports { get; set; }

    /// <summary>The maximum number of imports.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxImports { get; set; }

    /// <summary>The maximum size of a message, such as <c>64kb</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxPayload { get; set; }

    /// <summary>The maximum number of subscriptions of a connection.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public LimitArgument? MaxSubscriptions { get; set; }

    /// <summary>Allows exports with wildcards.</summary>
    [Parameter]
    public SwitchParameter AllowWildcardExports
    {
        get => allowWildcardExports ?? true;
        set => allowWildcardExports = value;
    }

    /// <summary>Refuses bearer users.</summary>
    [Parameter]
    public SwitchParameter DisallowBearer
    {
        get => disallowBearer ?? false;
        set => disallowBearer = value;
    }

    /// <summary>The description; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Description { get; set; }

    /// <summary>An information URL; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? InfoUrl { get; set; }

    /// <summary>The subject to which message traces are sent; empty for no traces.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? TraceSubject { get; set; }

    /// <summary>The percentage of messages that are traced.</summary>
    [Parameter]
    [ValidateRange(1, AllTraces)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? TraceSampling { get; set; }

    /// <summary>The account whose connections carry the account's traffic between servers; empty for the server's default.</summary>
    [Parameter]
    [ValidateSet("", "system", "owner")]
    [NoSeed]
    public string? ClusterTraffic { get; set; }

    /// <summary>Sets the given values.</summary>
    internal void ApplyTo(AccountClaims claims)
    {
        AccountLimits limits = claims.Limits;
        limits.Conn = MaxConnections?.Value ?? limits.Conn;
        limits.Leaf = MaxLeafNodes?.Value ?? limits.Leaf;
        limits.Data = MaxData?.Value ?? limits.Data;
        limits.Exports = MaxExports?.Value ?? limits.Exports;
        limits.Imports = MaxImports?.Value ?? limits.Imports;
        limits.Payload = MaxPayload?.Value ?? limits.Payload;
        limits.Subs = MaxSubscriptions?.Value ?? limits.Subs;
        limits.Wildcards = allowWildcardExports ?? limits.Wildcards;
        limits.DisallowBearer = disallowBearer ?? limits.DisallowBearer;
        claims.Description = Description ?? claims.Description;
        claims.InfoUrl = InfoUrl ?? claims.InfoUrl;
        claims.ClusterTraffic = ClaimNames.FoldOrNull(ClusterTraffic) ?? claims.ClusterTraffic;
        SetTrace(claims);
    }

    private void SetTrace(AccountClaims claims)
    {
        if (TraceSubject is { Length: 0 })
        {
            claims.Trace = null;
        }
        else if (TraceSubject is not null)
        {
            claims.Trace ??= new MessageTrace { Sampling = AllTraces };
            claims.Trace.Dest = TraceSubject;
        }

        if (TraceSampling is { } share)
        {
            MessageTrace trace = claims.Trace
                ?? throw new AdvisedException(ErrorCode.InvalidClaims, "Sampling requires a trace subject. Specify -TraceSubject.");
            trace.Sampling = share;
        }
    }
}

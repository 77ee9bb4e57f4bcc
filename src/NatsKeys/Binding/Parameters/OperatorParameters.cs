using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters of operators, shared by the cmdlets that make and set them.</summary>
public sealed class OperatorParameters
{
    private bool? requireSigningKeys;

    /// <summary>Where account tokens are published, such as <c>nats://host:4222</c>; empty for nowhere.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? AccountServerUrl { get; set; }

    /// <summary>All addresses of the operator's servers.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? ServiceUrl { get; set; }

    /// <summary>Lets only signing keys sign accounts and users, and never identity keys.</summary>
    [Parameter]
    public SwitchParameter RequireSigningKeys
    {
        get => requireSigningKeys ?? false;
        set => requireSigningKeys = value;
    }

    /// <summary>The oldest server version that may serve the operator, such as <c>2.10.0</c>; empty for any.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? AssertServerVersion { get; set; }

    /// <summary>Sets what was given.</summary>
    internal void ApplyTo(OperatorClaims claims)
    {
        claims.AccountServerUrl = AccountServerUrl ?? claims.AccountServerUrl;
        claims.OperatorServiceUrls = ServiceUrl is null
            ? claims.OperatorServiceUrls
            : [.. ServiceUrl.Where(url => url.Length > 0).Distinct(StringComparer.Ordinal)];
        claims.StrictSigningKeyUsage = requireSigningKeys ?? claims.StrictSigningKeyUsage;
        claims.AssertServerVersion = AssertServerVersion ?? claims.AssertServerVersion;
    }
}

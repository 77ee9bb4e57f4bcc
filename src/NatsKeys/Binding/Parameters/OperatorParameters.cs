using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters of operators, which several cmdlets share.</summary>
public sealed class OperatorParameters
{
    private bool? requireSigningKeys;

    /// <summary>The address to which account tokens are published, such as <c>nats://host:4222</c>; empty for none.</summary>
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

    /// <summary>Allows only signing keys, never identity keys, to sign accounts and users.</summary>
    [Parameter]
    public SwitchParameter RequireSigningKeys
    {
        get => requireSigningKeys ?? false;
        set => requireSigningKeys = value;
    }

    /// <summary>The oldest server version that the operator allows, such as <c>2.10.0</c>; empty for any.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(ServerVersionCompleter))]
    public string? AssertServerVersion { get; set; }

    /// <summary>Sets the given values.</summary>
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

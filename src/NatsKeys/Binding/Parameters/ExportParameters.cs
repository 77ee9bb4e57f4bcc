using System.Globalization;
using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Errors;

namespace NatsKeys.Binding;

/// <summary>The parameters of exports, which several cmdlets share.</summary>
public sealed class ExportParameters
{
    /// <summary>The sampling that leaves the choice to the headers of requests.</summary>
    internal const string ByHeaders = "Headers";

    // Servers are case-sensitive here, and PowerShell is not.
    private static readonly string[] ResponseTypes = ["", "Singleton", "Stream", "Chunked"];
    private bool? isPrivate;
    private bool? advertise;
    private bool? allowTrace;

    /// <summary>The display name; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Name { get; set; }

    /// <summary>Requires an activation for imports.</summary>
    [Parameter]
    public SwitchParameter Private
    {
        get => isPrivate ?? false;
        set => isPrivate = value;
    }

    /// <summary>Services: the type of response. Empty for the default, a single response.</summary>
    [Parameter]
    [ValidateSet("", "Singleton", "Stream", "Chunked")]
    [NoSeed]
    public string? ResponseType { get; set; }

    /// <summary>Services: the time limit of a response; zero for the server's default.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? ResponseThreshold { get; set; }

    /// <summary>Services: the subject to which latencies are sent; empty to measure none.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LatencySubject { get; set; }

    /// <summary>Services: the percentage of requests that are measured, 1 to 100, or <c>Headers</c> to let requests decide.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SamplingCompleter))]
    public string? LatencySampling { get; set; }

    /// <summary>The position, from 1, of the <c>*</c> in the subject that stands for the importer's public key; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? AccountTokenPosition { get; set; }

    /// <summary>Advertises the export.</summary>
    [Parameter]
    public SwitchParameter Advertise
    {
        get => advertise ?? false;
        set => advertise = value;
    }

    /// <summary>Services: allows message traces to pass.</summary>
    [Parameter]
    public SwitchParameter AllowTrace
    {
        get => allowTrace ?? false;
        set => allowTrace = value;
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

    /// <summary>Sets the given values.</summary>
    internal void ApplyTo(AccountExport export)
    {
        export.Name = Name ?? export.Name;
        export.TokenReq = isPrivate ?? export.TokenReq;
        export.ResponseType = ResponseType is null
            ? export.ResponseType
            : Array.Find(ResponseTypes, type => type.Equals(ResponseType, StringComparison.OrdinalIgnoreCase));
        export.ResponseThreshold = ResponseThreshold?.Nanoseconds ?? export.ResponseThreshold;
        export.AccountTokenPosition = AccountTokenPosition ?? export.AccountTokenPosition;
        export.Advertise = advertise ?? export.Advertise;
        export.AllowTrace = allowTrace ?? export.AllowTrace;
        export.Description = Description ?? export.Description;
        export.InfoUrl = InfoUrl ?? export.InfoUrl;
        SetLatency(export);
    }

    private void SetLatency(AccountExport export)
    {
        if (LatencySubject is { Length: 0 })
        {
            export.ServiceLatency = null;
        }
        else if (LatencySubject is not null)
        {
            export.ServiceLatency ??= new ServiceLatency();
            export.ServiceLatency.Results = LatencySubject;
        }

        if (LatencySampling is not null)
        {
            ServiceLatency latency = export.ServiceLatency
                ?? throw new AdvisedException(ErrorCode.InvalidClaims, "Sampling requires a latency subject. Specify -LatencySubject.");
            latency.Sampling = Share(LatencySampling);
        }
    }

    private static long Share(string text)
    {
        if (text.Trim().Equals(ByHeaders, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        return long.TryParse(text.Trim().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out long share) && share is >= 1 and <= 100
            ? share
            : throw new NatsKeysException(ErrorCode.InvalidLimit, $"'{text}' is not a valid sampling rate. Use 1 to 100, or {ByHeaders}.");
    }
}

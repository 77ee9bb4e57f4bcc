using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters of imports, which several cmdlets share.</summary>
public sealed class ImportParameters
{
    private bool? share;
    private bool? allowTrace;

    /// <summary>The subject in the importing account, which may refer to wildcards as <c>$1</c>; empty for the exporter's subject.</summary>
    [Parameter]
    [Alias("To")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LocalSubject { get; set; }

    /// <summary>The display name; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// The activation for a private export: an object from New-NatsActivation, its text, the path of a file, or a URL (<c>https://…</c>); empty for
    /// none.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ActivationArgument? Token { get; set; }

    /// <summary>Services: lets the exporter see which client sent a request.</summary>
    [Parameter]
    public SwitchParameter Share
    {
        get => share ?? false;
        set => share = value;
    }

    /// <summary>Streams: allows message traces to pass.</summary>
    [Parameter]
    public SwitchParameter AllowTrace
    {
        get => allowTrace ?? false;
        set => allowTrace = value;
    }

    /// <summary>Sets the given values. The function makes a path absolute. Stopping the pipeline cancels the download of a token.</summary>
    internal void ApplyTo(AccountImport import, Func<string, string> fullPath, CancellationToken stopped)
    {
        import.LocalSubject = LocalSubject ?? import.LocalSubject;
        import.Name = Name ?? import.Name;
        import.Token = Token is null ? import.Token : Token.Read(fullPath, stopped)?.Token;
        import.Share = share ?? import.Share;
        import.AllowTrace = allowTrace ?? import.AllowTrace;
    }
}

using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters of imports, shared by the cmdlets that add and set them.</summary>
public sealed class ImportParameters
{
    private bool? share;
    private bool? allowTrace;

    /// <summary>The subject on the importer's side, which may refer to wildcards as <c>$1</c>; empty for the exporter's own.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LocalSubject { get; set; }

    /// <summary>A name for people; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// The activation for a private export: as New-NatsActivation gives it, its text, the path of a file or an address (<c>https://…</c>); empty for
    /// none.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ActivationArgument? Token { get; set; }

    /// <summary>Services: lets the exporter see who asks.</summary>
    [Parameter]
    public SwitchParameter Share
    {
        get => share ?? false;
        set => share = value;
    }

    /// <summary>Streams: lets traces of messages come through.</summary>
    [Parameter]
    public SwitchParameter AllowTrace
    {
        get => allowTrace ?? false;
        set => allowTrace = value;
    }

    /// <summary>
    /// Sets what was given; a path is made full with the function, and a token that is far away is waited for until the pipeline is stopped.
    /// </summary>
    internal void ApplyTo(AccountImport import, Func<string, string> fullPath, CancellationToken stopped)
    {
        import.LocalSubject = LocalSubject ?? import.LocalSubject;
        import.Name = Name ?? import.Name;
        import.Token = Token is null ? import.Token : Token.Read(fullPath, stopped)?.Token;
        import.Share = share ?? import.Share;
        import.AllowTrace = allowTrace ?? import.AllowTrace;
    }
}

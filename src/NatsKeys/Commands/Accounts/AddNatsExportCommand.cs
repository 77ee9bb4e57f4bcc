using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Adds an export to an account: a stream or service that it offers to other accounts.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.Export, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class AddNatsExportCommand : EditAccountCmdlet, IDynamicParameters
{
    private readonly ExportParameters settings = new();

    /// <summary>The exported subject; NATS wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The subject to export.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>The type: a stream of messages, or a service that answers requests.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "The type.")]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string Type { get; set; } = "";

    private protected override object CurrentItem => Subject;

    /// <summary>Gets the parameters that the cmdlet shares with Set-NatsExport.</summary>
    public object GetDynamicParameters() => settings;

    private protected override void ProcessItem()
    {
        var export = new AccountExport { Subject = Subject, Type = ClaimNames.Fold(Type) };
        settings.ApplyTo(export);
        Edit(ResolveAccount(), $"Export the {export.Type} '{Subject}' and sign again", account => account.AddExport(export));
    }
}

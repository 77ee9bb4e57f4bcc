using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that change or remove an export.</summary>
public abstract class EditExportCmdlet : EditItemCmdlet<NatsExport>
{
    /// <summary>The subject that is offered.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>Whether the stream or the service is meant, where both have the subject.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    private protected string ExportedSubject => InputObject?.Subject ?? Subject;

    /// <summary>The export in a state of its account.</summary>
    private protected AccountExport Find(NatsAccount account) =>
        account.FindExport(ExportedSubject, InputObject?.Type ?? ClaimNames.FoldOrNull(Type));
}

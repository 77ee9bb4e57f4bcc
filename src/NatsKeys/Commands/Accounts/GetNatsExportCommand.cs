using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives what accounts export.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Export)]
[OutputType(typeof(NatsExport))]
public sealed class GetNatsExportCommand : GetItemCmdlet<NatsExport>
{
    /// <summary>The subject; wildcards are allowed. All exports without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string Subject { get; set; } = "*";

    /// <summary>Only streams or only services.</summary>
    [Parameter]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    private protected override string? Named => Name(Type is null ? "export" : $"{Type.ToLowerInvariant()} export", Subject);

    private protected override IEnumerable<NatsExport> Items(NatsAccount account) =>
        account.GetExports().Where(
            export => Matches(Subject, export.Subject) && (Type is null || Type.Equals(export.Type, StringComparison.OrdinalIgnoreCase)));
}

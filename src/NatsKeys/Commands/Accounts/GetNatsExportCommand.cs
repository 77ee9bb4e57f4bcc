using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the exports of accounts.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Export)]
[OutputType(typeof(NatsExport))]
public sealed class GetNatsExportCommand : GetItemCmdlet<NatsExport>
{
    /// <summary>The subjects; wildcards are allowed. The default is all exports.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public string[] Subject { get; set; } = ["*"];

    /// <summary>Only streams or only services.</summary>
    [Parameter]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    private protected override IEnumerable<string> Named => Plain(Subject);

    private protected override string Called(string name) => $"{(Type is null ? "" : $"{Type.ToLowerInvariant()} ")}export '{name}'";

    private protected override IEnumerable<NatsExport> Items(NatsAccount account) => account.GetExports();

    private protected override bool IsWanted(NatsExport item) =>
        Matches(Subject, item.Subject) && (Type is null || Type.Equals(item.Type, StringComparison.OrdinalIgnoreCase));

    private protected override string? NameOf(NatsExport item) => item.Subject;
}

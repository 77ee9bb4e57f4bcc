using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the imports of accounts.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Import)]
[OutputType(typeof(NatsImport))]
public sealed class GetNatsImportCommand : GetItemCmdlet<NatsImport>
{
    /// <summary>The subjects in the exporting account; wildcards are allowed. The default is all imports.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImportSubjectCompleter))]
    public string[] Subject { get; set; } = ["*"];

    /// <summary>Only streams or only services.</summary>
    [Parameter]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    /// <summary>Only imports with this subject in the importing account; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LocalSubjectCompleter))]
    public string? LocalSubject { get; set; }

    private protected override IEnumerable<string> Named => Plain(Subject);

    private protected override string Called(string name) => $"{(Type is null ? "" : $"{Type.ToLowerInvariant()} ")}import '{name}'";

    private protected override IEnumerable<NatsImport> Items(NatsAccount account) => account.GetImports();

    private protected override bool IsWanted(NatsImport item) => Matches(Subject, item.Subject)
        && (LocalSubject is null || Matches(LocalSubject, item.LocalSubject))
        && (Type is null || Type.Equals(item.Type, StringComparison.OrdinalIgnoreCase));

    private protected override string? NameOf(NatsImport item) => item.Subject;
}

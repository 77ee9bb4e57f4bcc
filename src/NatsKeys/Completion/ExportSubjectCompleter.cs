using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the subjects of exports.</summary>
public sealed class ExportSubjectCompleter : AccountItemCompleter
{
    // For an import, the exporting account has the exports.
    private protected override string[] AccountParameters => ["From", "Account"];

    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.GetExports().Select(export => (export.Subject ?? "", $"{export.Type} export"));
}

using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the subjects of imports.</summary>
public sealed class ImportSubjectCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.GetImports().Select(import => (import.Subject ?? "", $"{import.Type} import"));
}

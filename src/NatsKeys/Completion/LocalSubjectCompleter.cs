using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the subjects that imports have on the importer's side.</summary>
public sealed class LocalSubjectCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.GetImports()
            .Where(import => !string.IsNullOrEmpty(import.LocalSubject))
            .Select(import => (import.LocalSubject!, $"import of {import.Subject}"));
}

using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the local subjects of imports.</summary>
public sealed class LocalSubjectCompleter : AccountItemCompleter
{
    private protected override IEnumerable<(string Text, string What)> Items(NatsAccount account) =>
        account.GetImports()
            .Where(import => !string.IsNullOrEmpty(import.LocalSubject))
            .Select(import => (import.LocalSubject!, $"import of {import.Subject}"));
}

using System.Management.Automation;

namespace NatsKeys.Completion;

/// <summary>Completes the sources of credentials: the names of users, and those of files.</summary>
public sealed class CredentialCompleter : UserNameCompleter
{
    private protected override bool MayBePath => true;

    private protected override IEnumerable<CompletionResult> Others(string word) => CompletionCompleters.CompleteFilename(word);
}

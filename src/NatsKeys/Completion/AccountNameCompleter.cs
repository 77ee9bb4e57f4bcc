using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the names of accounts, of the operator on the command line or of all operators.</summary>
public sealed class AccountNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        EntityPath[] accounts = [.. store.AccountPaths(TextOf(bound, "Operator"))];
        foreach (EntityPath path in accounts)
        {
            bool unique = IsPlain(parameter) || accounts.Count(other => other.Name.Equals(path.Name, StringComparison.OrdinalIgnoreCase)) == 1;
            yield return (unique ? path.Name : $"{path.Operator}/{path.Name}", path.ToString());
        }
    }
}

using System.Collections;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes roles and public keys of the signing keys of the account or operator that the command line names.</summary>
public sealed class SigningKeyCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, bool plain)
    {
        IReadOnlyList<NatsSigningKey> keys = TextOf(bound, "Account") is { } account
            ? store.FindAccount(TextOf(bound, "Operator"), account).SigningKeys
            : store.FindOperator(TextOf(bound, "Operator")).SigningKeys;
        foreach (NatsSigningKey key in keys)
        {
            if (!string.IsNullOrEmpty(key.Role))
            {
                yield return (key.Role, $"role {key.Role}: {key.PublicKey}");
            }

            yield return (key.PublicKey, $"signing key of {key.GetOwner().Path}");
        }
    }
}

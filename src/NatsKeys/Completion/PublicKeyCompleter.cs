using System.Collections;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the public keys whose seeds are in the key store, of the types that the parameter accepts.</summary>
public class PublicKeyCompleter : NameCompleter
{
    private protected sealed override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        NatsKeyType[] accepted = AcceptedTypes(bound, parameter);
        return Keys(store).Where(found =>
            accepted.Length == 0 || (PublicNkey.TryGetType(found.Key, out NatsKeyType type) && accepted.Contains(type)));
    }

    /// <summary>The keys of all types.</summary>
    private protected virtual IEnumerable<(string Key, string ToolTip)> Keys(NatsStore store) =>
        store.Keys.PublicKeys().Select(key => (key, $"key in {store.Keys.Location}"));

    // Cmdlets share parameters, so the type depends on both. None stands for all types.
    private NatsKeyType[] AcceptedTypes(IDictionary bound, string parameter) => (Command, parameter) switch
    {
        ("New-NatsOperator" or "Update-NatsOperatorKey", _) => [NatsKeyType.Operator],
        ("New-NatsAccount", _) => [NatsKeyType.Account],
        ("New-NatsUser", _) => [NatsKeyType.User],
        ("Add-NatsSigningKey" or "Update-NatsSigningKey", _) =>
            bound.Contains("Account") ? [NatsKeyType.Account]
            : bound.Contains("Operator") && Command == "Add-NatsSigningKey" ? [NatsKeyType.Operator]
            : [NatsKeyType.Operator, NatsKeyType.Account],
        ("Complete-NatsSigningRequest", _) => [NatsKeyType.Operator, NatsKeyType.Account],
        ("Compare-NatsAccess" or "Import-NatsStore" or "Export-NatsStore" or "Protect-NatsMessage" or "Unprotect-NatsMessage", _)
            or (_, "EncryptionKey") => [NatsKeyType.Curve],
        _ => [],
    };
}

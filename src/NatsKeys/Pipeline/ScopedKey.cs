using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>Finds the scoped signing key of a role, which signs the users of the role.</summary>
internal static class ScopedKey
{
    /// <summary>Gets the key. While it is rotated, this is its successor.</summary>
    /// <param name="account">The account.</param>
    /// <param name="role">The name of the role.</param>
    /// <param name="user">The name of the user, for messages.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyNotFound"/>: the account has no such role.</exception>
    public static NatsSigningKey Of(NatsAccount account, string role, string user)
    {
        string key = SigningKeyLookup.KeyOf(account, role, RoleChoice.Successor);
        return account.GetSigningKeys().FirstOrDefault(
            listed => listed.IsScoped && listed.PublicKey == key && listed.Role == role && !string.IsNullOrWhiteSpace(role))
            ?? throw RoleNames.Unknown(
                $"The {account.Path} has no role '{SecretShape.Mask(role)}' for the user '{user}'.",
                RoleNames.Suggest(account, role),
                " Nothing was signed.",
                ifNone: Remedy.CreateRole);
    }
}

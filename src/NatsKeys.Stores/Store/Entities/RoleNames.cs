using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>Suggests roles of accounts for names that are unknown.</summary>
internal static class RoleNames
{
    private const int MostShown = 10;
    private const string None = " There are no roles.";

    /// <summary>
    /// Returns the end of an error message: whether another role of the owner was meant, or which roles there are. Empty if a key was written.
    /// </summary>
    /// <param name="owner">The operator or account.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(NatsEntity owner, string written) => Suggest([owner], written);

    /// <summary>Returns the error about an unknown key or role.</summary>
    /// <param name="message">The message.</param>
    /// <param name="suggestion">Which role was meant, or which roles there are; empty for neither.</param>
    /// <param name="end">The end of the message.</param>
    /// <param name="cause">The cause, if any.</param>
    /// <param name="ifNone">What helps if there are no roles; null if the message says enough.</param>
    public static NatsKeysException Unknown(
        string message, string suggestion, string end = "", Exception? cause = null, Remedy? ifNone = null) =>
        new(ErrorCode.KeyNotFound, message + suggestion + end, cause)
        {
            Remedy = suggestion.Length == 0 ? Remedy.ListRoles : suggestion == None ? ifNone : null,
            IsExplained = suggestion.Length > 0,
        };

    /// <inheritdoc cref="Suggest(NatsEntity, string)"/>
    /// <param name="owners">The operators and accounts.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(IEnumerable<NatsEntity> owners, string written) =>
        Suggest(owners.OfType<NatsAccount>().SelectMany(account => account.GetSigningKeys()), written);

    /// <inheritdoc cref="Suggest(NatsEntity, string)"/>
    /// <param name="keys">The signing keys.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(IEnumerable<NatsSigningKey> keys, string written)
    {
        string[] roles =
        [
            .. keys.Select(key => key.Role).OfType<string>().Where(role => role.Length > 0)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        return Spelling.Suggest(written, roles) is { Length: > 0 } meant ? meant
            : PublicNkey.TryGetType(written, out _) || NatsKeyPair.IsSeed(written) ? ""
            : roles.Length == 0 ? None
            : $" The roles are: {ShortList.Of(roles.Take(MostShown).Select(role => $"'{SecretShape.Mask(role)}'"), roles.Length - MostShown)}.";
    }
}

using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>Suggests roles of accounts for names that are mistyped.</summary>
internal static class RoleNames
{
    /// <summary>
    /// Returns a question for the end of an error message: whether another role of the owner was meant. Empty if no role has a similar name.
    /// </summary>
    /// <param name="owner">The operator or account.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(NatsEntity owner, string written) => Suggest([owner], written);

    /// <summary>Returns the error about an unknown key or role.</summary>
    /// <param name="message">The message.</param>
    /// <param name="suggestion">The question whether another role was meant; empty for none.</param>
    /// <param name="end">The end of the message.</param>
    /// <param name="cause">The cause, if any.</param>
    public static NatsKeysException Unknown(string message, string suggestion, string end = "", Exception? cause = null) =>
        new(ErrorCode.KeyNotFound, message + suggestion + end, cause)
        {
            Remedy = suggestion.Length == 0 ? Remedy.ListRoles : null,
            IsExplained = suggestion.Length > 0,
        };

    /// <inheritdoc cref="Suggest(NatsEntity, string)"/>
    /// <param name="owners">The operators and accounts.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(IEnumerable<NatsEntity> owners, string written) => Spelling.Suggest(
        written, owners.OfType<NatsAccount>().SelectMany(account => account.GetSigningKeys()).Select(key => key.Role).OfType<string>());
}

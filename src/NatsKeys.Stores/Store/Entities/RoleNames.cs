using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>The names of the roles that accounts have, for messages about names that they do not have.</summary>
internal static class RoleNames
{
    /// <summary>A question that follows an error about a role: whether another one of the owner was meant. Empty where none is near.</summary>
    /// <param name="owner">The operator or account.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(NatsEntity owner, string written) => Suggest([owner], written);

    /// <inheritdoc cref="Suggest(NatsEntity, string)"/>
    /// <param name="owners">The operators and accounts.</param>
    /// <param name="written">The name as it was written.</param>
    public static string Suggest(IEnumerable<NatsEntity> owners, string written) => Spelling.Suggest(
        written, owners.OfType<NatsAccount>().SelectMany(account => account.GetSigningKeys()).Select(key => key.Role).OfType<string>());
}

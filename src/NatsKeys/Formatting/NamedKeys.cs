using System.Text.RegularExpressions;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>Replaces the public keys of accounts and users with their names, in messages.</summary>
internal static partial class NamedKeys
{
    /// <summary>Replaces the keys whose names the store of an entity knows. Other keys stay.</summary>
    /// <param name="text">A text with public keys.</param>
    /// <param name="entity">The entity that it is about.</param>
    public static string In(string text, NatsEntity entity) => PublicKey().Replace(text, match => NameOf(match.Value, entity));

    private static string NameOf(string key, NatsEntity entity) => key[0] == 'A'
        ? KnownNames.OfAccount(entity.Store, entity.Path.Operator, key) ?? key
        : entity is NatsAccount account ? account.UserNames.GetValueOrDefault(key, key)
        : key;

    [GeneratedRegex(@"\b[AU][A-Z2-7]{55}\b", RegexOptions.CultureInvariant)]
    private static partial Regex PublicKey();
}

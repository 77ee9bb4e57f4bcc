using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Signing;

/// <summary>
/// Who signs when nobody says: the one rule for what is signed here and for what is requested of another machine. The current issuer comes first, so
/// that an edit changes nothing that nobody asked for. A signing key comes before the identity key, which can then stay locked away.
/// </summary>
internal static class SignerOrder
{
    /// <summary>The keys in the order in which they are tried, with what each is, for people.</summary>
    /// <param name="parent">The entity whose keys may sign.</param>
    /// <param name="trusted">The public keys that may sign.</param>
    /// <param name="issuer">The key that signed before; null for what is new.</param>
    /// <param name="isOfRole">
    /// Whether a role gave the permissions of what was signed before: under another key nothing would be left of what the role denied.
    /// </param>
    public static IEnumerable<(string Key, string Reason)> Of(
        NatsEntity parent, IReadOnlyCollection<string> trusted, string? issuer, bool isOfRole = false)
    {
        if (issuer is not null && trusted.Contains(issuer))
        {
            yield return (issuer, "the current issuer");
        }

        if (isOfRole)
        {
            yield break;
        }

        foreach (string key in SigningKeys(parent, trusted))
        {
            yield return (key, $"the first usable signing key of the {parent.Path}");
        }

        if (parent.Subject is { } identity && trusted.Contains(identity))
        {
            yield return (identity, $"the identity key of the {parent.Path}, which has no usable signing key");
        }
    }

    /// <summary>The signing keys without a role that may sign, as their owner lists them.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="trusted">The public keys that may sign.</param>
    public static IEnumerable<string> SigningKeys(NatsEntity parent, IEnumerable<string> trusted) => trusted
        .Where(key => key != parent.Subject && PublicNkey.TryGetType(key, out _) && (parent as NatsAccount)?.ScopeOf(key) is null);
}

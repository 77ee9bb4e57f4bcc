using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Signing;

/// <summary>
/// Chooses the signer if none is specified. The same rule applies to signing here and to requests for another machine. The current issuer comes
/// first, so that an edit changes only what was requested. Signing keys come before the identity key, which can then stay locked away.
/// </summary>
internal static class SignerOrder
{
    /// <summary>Returns the keys in the order in which they are tried, each with its place, which <see cref="Describe"/> explains.</summary>
    /// <param name="parent">The entity whose keys may sign.</param>
    /// <param name="trusted">The public keys that may sign.</param>
    /// <param name="issuer">The current issuer; null for a new entity.</param>
    /// <param name="isOfRole">
    /// Whether a role defines the permissions of the current version. Another signer would drop everything that the role denied.
    /// </param>
    public static IEnumerable<(string Key, SignerPlace Place)> Of(
        NatsEntity parent, IReadOnlyCollection<string> trusted, string? issuer, bool isOfRole = false)
    {
        if (issuer is not null && trusted.Contains(issuer))
        {
            yield return (issuer, SignerPlace.Current);
        }

        if (isOfRole)
        {
            yield break;
        }

        foreach (string key in SigningKeys(parent, trusted))
        {
            yield return (key, SignerPlace.Signing);
        }

        if (parent.Subject is { } identity && trusted.Contains(identity))
        {
            yield return (identity, SignerPlace.Identity);
        }
    }

    /// <summary>Returns why a key was chosen, for messages.</summary>
    public static string Describe(SignerPlace place, NatsEntity parent) => place switch
    {
        SignerPlace.Current => "the current issuer",
        SignerPlace.Signing => $"the first usable signing key of the {parent.Path}",
        _ => $"the identity key of the {parent.Path}, which has no usable signing key",
    };

    /// <summary>Returns the unscoped signing keys that may sign, in their owner's order.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="trusted">The public keys that may sign.</param>
    public static IEnumerable<string> SigningKeys(NatsEntity parent, IEnumerable<string> trusted) => trusted
        .Where(key => key != parent.Subject && PublicNkey.TryGetType(key, out _) && (parent as NatsAccount)?.ScopeOf(key) is null);
}

/// <summary>The place of a key in the order in which keys are tried.</summary>
internal enum SignerPlace
{
    /// <summary>It signed the current version.</summary>
    Current,

    /// <summary>It is a signing key of the parent.</summary>
    Signing,

    /// <summary>It is the identity key of the parent.</summary>
    Identity,
}

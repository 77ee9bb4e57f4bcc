using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The age of a signing key. No token states it, so it is estimated from the time of its seed file, which never changes, and from the oldest token
/// that it signed.
/// </summary>
internal static class KeyAge
{
    /// <summary>Whether a signing key is older than a time span, as far as can be determined.</summary>
    /// <param name="owner">The operator or account that lists the key.</param>
    /// <param name="publicKey">The public key.</param>
    /// <param name="age">The time span.</param>
    public static bool IsOlder(NatsEntity owner, string publicKey, TimeSpan age)
    {
        DateTimeOffset now = owner.Store.Clock.GetUtcNow();
        DateTimeOffset time = age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue;
        return owner.Store.Keys.KeptSince(publicKey) < time ||
            owner.Store.Names(owner.Path).Select(owner.Path.Child).Select(owner.Store.FindReadable)
                .Any(entity => entity?.Issuer == publicKey && entity.IssuedAt < time);
    }
}

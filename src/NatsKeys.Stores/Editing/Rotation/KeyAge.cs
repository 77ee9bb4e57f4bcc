using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// How old a signing key is. No token says it, so it is told by what there is: the file of its seed, which never changes, and
/// the oldest token that it signed and that still stands.
/// </summary>
internal static class KeyAge
{
    /// <summary>Whether a signing key is older than a time span, as far as anybody can tell.</summary>
    /// <param name="owner">The operator or account that lists it.</param>
    /// <param name="publicKey">The key's public half.</param>
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

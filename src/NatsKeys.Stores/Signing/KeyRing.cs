using System.Collections.Concurrent;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Signing;

/// <summary>
/// The available private keys: those of a store's key root, and those of other sources, in their order. Keys are cached until the ring is
/// disposed, because a caller uses the same keys repeatedly. The ring is thread-safe.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    private readonly KeyStore keys;
    private readonly IReadOnlyList<KeySource> sources;
    private readonly CancellationToken cancellation;
    private readonly ConcurrentDictionary<string, ISigner> opened = new(StringComparer.Ordinal);

    /// <summary>Creates a key ring.</summary>
    /// <param name="keys">The key root, which is searched first.</param>
    /// <param name="sources">The other sources, in search order.</param>
    /// <param name="cancellation">Cancels the wait for a source that does not respond.</param>
    public KeyRing(KeyStore keys, IReadOnlyList<KeySource>? sources = null, CancellationToken cancellation = default)
    {
        this.keys = keys;
        this.sources = [new KeyRootSource(keys), .. sources ?? []];
        this.cancellation = cancellation;
    }

    /// <summary>Returns the signer of a public key; null if no source has it. The ring disposes it.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">
    /// A source has a different key where this key should be; or a source failed, and no other source has the key.
    /// </exception>
    public ISigner? Find(string publicKey)
    {
        if (opened.TryGetValue(publicKey, out ISigner? signer))
        {
            return signer;
        }

        switch (Search(publicKey, seedsOnly: false))
        {
            case NatsKeyPair pair:
                return Keep(pair);
            case ISigner found:
                return opened.GetOrAdd(publicKey, found);
            default:
                return null;
        }
    }

    /// <summary>Returns the key pair of a public key, with its seed; null if no source returns the seed. The caller disposes it.</summary>
    /// <inheritdoc cref="Find"/>
    public NatsKeyPair? FindSeed(string publicKey) =>
        (opened.GetValueOrDefault(publicKey) as NatsKeyPair)?.Copy() ?? Search(publicKey, seedsOnly: true) as NatsKeyPair;

    /// <summary>Creates a user's credentials from its token and its seed in one of the sources. The caller disposes them.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: no source has the user's seed; <see cref="ErrorCode.InvalidCredential"/>: the user is not signed.
    /// </exception>
    public NatsCredential CredentialOf(NatsUser user)
    {
        if (user.Jwt is null)
        {
            throw new NatsKeysException(ErrorCode.InvalidCredential, $"The {user.Path} is not signed yet, so credentials cannot be created.");
        }

        NatsJwt token = user.ReadToken();
        NatsKeyPair key = FindSeed(user.Subject!) ?? throw new NatsKeysException(
            ErrorCode.KeyNotFound,
            $"The seed of {user.Path} ({user.Subject}) is not in {string.Join(" or ", Describe())}. Credentials need the seed.");
        return new NatsCredential(token, key);
    }

    /// <summary>Whether the private key of a public key is available, even if only for signing.</summary>
    /// <inheritdoc cref="Find"/>
    public bool Contains(string publicKey) => opened.ContainsKey(publicKey) || keys.Contains(publicKey) || Find(publicKey) is not null;

    /// <summary>Describes all places where keys are looked for, for messages.</summary>
    public IEnumerable<string> Describe() => sources.Select(source => source.Describe());

    /// <summary>Disposes the cached keys.</summary>
    public void Dispose()
    {
        foreach (ISigner signer in opened.Values)
        {
            (signer as NatsKeyPair)?.Dispose();
        }

        opened.Clear();
    }

    /// <summary>Caches a key pair from elsewhere, with its seed. The ring disposes it.</summary>
    /// <returns>The cached key pair.</returns>
    internal NatsKeyPair Keep(NatsKeyPair key)
    {
        var kept = (NatsKeyPair)opened.AddOrUpdate(key.PublicKey, key, (_, known) => known is NatsKeyPair ? known : key);
        if (kept != key)
        {
            key.Dispose();
        }

        return kept;
    }

    private ISigner? Search(string publicKey, bool seedsOnly)
    {
        NatsKeysException? unanswered = null;
        foreach (KeySource source in sources.Where(source => source.HoldsSeeds || !seedsOnly))
        {
            try
            {
                if (source.Find(publicKey, cancellation) is { } found)
                {
                    return found;
                }
            }
            catch (NatsKeysException error) when (error.Code is ErrorCode.KeySourceFailed or ErrorCode.KeyStoreLocked)
            {
                // Another source may have this key. If none does, the first failed source is reported, because it may have had it.
                unanswered ??= error;
            }
        }

        return unanswered is null ? null : throw unanswered;
    }
}

using System.Collections.Concurrent;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Signing;

/// <summary>
/// The private keys that are available: those of a store's key root, and those of other sources, which are asked in their order. What was
/// found is kept until the ring is disposed: one caller uses the same keys again and again. Several threads may use one ring.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    private readonly KeyStore keys;
    private readonly IReadOnlyList<KeySource> sources;
    private readonly CancellationToken cancellation;
    private readonly ConcurrentDictionary<string, ISigner> opened = new(StringComparer.Ordinal);

    /// <summary>Makes a key ring of these places.</summary>
    /// <param name="keys">The key root, which is asked first.</param>
    /// <param name="sources">The other sources, in the order in which they are asked.</param>
    /// <param name="cancellation">Ends the wait for a source that does not answer.</param>
    public KeyRing(KeyStore keys, IReadOnlyList<KeySource>? sources = null, CancellationToken cancellation = default)
    {
        this.keys = keys;
        this.sources = [new KeyRootSource(keys), .. sources ?? []];
        this.cancellation = cancellation;
    }

    /// <summary>What signs for a public key; null when no source has it. It stays the ring's.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">
    /// A source holds something else where this key should be, or could not be asked and no other one has the key.
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

    /// <summary>The key pair of a public key, with its seed, which the caller disposes; null when no source gives that.</summary>
    /// <inheritdoc cref="Find"/>
    public NatsKeyPair? FindSeed(string publicKey) =>
        (opened.GetValueOrDefault(publicKey) as NatsKeyPair)?.Copy() ?? Search(publicKey, seedsOnly: true) as NatsKeyPair;

    /// <summary>A user's credentials: its token, and its seed from one of the sources. The caller disposes them.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: nobody has the user's seed; <see cref="ErrorCode.InvalidCredential"/>: the user is not signed.
    /// </exception>
    public NatsCredential CredentialOf(NatsUser user)
    {
        if (user.Jwt is null)
        {
            throw new NatsKeysException(ErrorCode.InvalidCredential, $"The {user.Path} is not signed yet, so credentials cannot be created.");
        }

        NatsJwt token = user.Document.ReadToken();
        NatsKeyPair key = FindSeed(user.Subject!) ?? throw new NatsKeysException(
            ErrorCode.KeyNotFound,
            $"The seed of {user.Path} ({user.Subject}) is not in {string.Join(" or ", Describe())}. Credentials need the seed.");
        return new NatsCredential(token, key);
    }

    /// <summary>Whether the private key of a public key is available, be it to sign alone.</summary>
    /// <inheritdoc cref="Find"/>
    public bool Contains(string publicKey) => opened.ContainsKey(publicKey) || keys.Contains(publicKey) || Find(publicKey) is not null;

    /// <summary>For messages: everything that is asked for a key.</summary>
    public IEnumerable<string> Describe() => sources.Select(source => source.Describe());

    /// <summary>Forgets the keys that were found.</summary>
    public void Dispose()
    {
        foreach (ISigner signer in opened.Values)
        {
            (signer as NatsKeyPair)?.Dispose();
        }

        opened.Clear();
    }

    /// <summary>Keeps a key pair that came from elsewhere, with its seed.</summary>
    /// <returns>The pair that is kept.</returns>
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
                // Whoever has this very key may give it. If nobody does, this source was the one that was needed.
                unanswered ??= error;
            }
        }

        return unanswered is null ? null : throw unanswered;
    }
}

using System.Collections.Concurrent;
using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The root keys of this process, in libsodium's guarded memory, so that a passphrase is requested only once. A key is valid for the key root that
/// was unlocked, as long as the root's header has the same ID.
/// </summary>
internal static class RootKeys
{
    private static readonly ConcurrentDictionary<(string Root, string Id), Key> Known = new();

    /// <summary>Makes keys exportable, because changing the passphrase encrypts the root key again. It is exported for no other purpose.</summary>
    public static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    public static Key? Find(string root, string id) => Known.GetValueOrDefault((root, id));

    public static Key Keep(string root, string id, Key key)
    {
        Key kept = Known.GetOrAdd((root, id), key);
        if (kept != key)
        {
            key.Dispose();
        }

        return kept;
    }

    /// <summary>Forgets a key. It is not disposed: another thread may be using it.</summary>
    public static void Forget(string root, string id) => Known.TryRemove((root, id), out _);
}

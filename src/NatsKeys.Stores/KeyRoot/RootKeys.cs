using System.Collections.Concurrent;
using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The root keys that this process has, in libsodium's guarded memory: a passphrase is asked for once. Each counts for the key root that it was
/// unlocked for, and as long as the header there names it.
/// </summary>
internal static class RootKeys
{
    private static readonly ConcurrentDictionary<(string Root, string Id), Key> Known = new();

    /// <summary>Another passphrase needs the root key itself. It leaves by no other way.</summary>
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

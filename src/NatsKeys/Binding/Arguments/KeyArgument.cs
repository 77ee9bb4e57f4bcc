using System.Buffers;
using System.Security;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A key to use or record: a key pair, a public key, a seed, or the path of a key file.</summary>
public sealed class KeyArgument : IArgument
{
    // A text without any of these is not used as the path of a folder that happens to exist.
    private static readonly SearchValues<char> PathMarks = SearchValues.Create("./\\");

    private readonly Func<Func<string, string>, NatsKeyPair> open;

    /// <summary>Creates the argument from a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public KeyArgument(NatsKeyPair key) => open = _ => key.Copy();

    /// <summary>Creates the argument from a signing key: its key pair if it has one, otherwise its public key.</summary>
    /// <param name="key">The signing key.</param>
    public KeyArgument(NatsSigningKey key) => (open, Store) = (_ => key.KeyPair?.Copy() ?? NatsKeyPair.FromPublicKey(key.PublicKey), key.Store);

    /// <summary>Creates the argument from a seed.</summary>
    /// <param name="seed">The seed.</param>
    public KeyArgument(SecureString seed) => open = _ => SecureStrings.ReadSeed(seed);

    /// <summary>Creates the argument from a public key, a seed, or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    public KeyArgument(string text) => open = fullPath => FromText(text, fullPath);

    /// <summary>Creates the argument from a public key whose seed a store may have.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="store">The store.</param>
    internal KeyArgument(string publicKey, NatsStore store)
        : this(publicKey) => Store = store;

    /// <summary>The store of the key, which may have its seed; null for none.</summary>
    internal NatsStore? Store { get; }

    /// <summary>Opens the key. The caller disposes it.</summary>
    internal NatsKeyPair Resolve(Func<string, string> fullPath) => open(fullPath);

    private static NatsKeyPair FromText(string text, Func<string, string> fullPath)
    {
        if (NatsKeyPair.IsSeed(text))
        {
            return NatsKeyPair.FromSeed(text);
        }

        if (PublicNkey.TryGetType(text.AsSpan().Trim(), out _))
        {
            return NatsKeyPair.FromPublicKey(text);
        }

        string path = fullPath(text);
        if (Directory.Exists(path) ? text.AsSpan().ContainsAny(PathMarks) : Path.Exists(path))
        {
            return SeedFile.Read(path);
        }

        // It is neither. The error is about the kind of key that it resembles most, and does not repeat the text.
        return text.StartsWith('S') ? NatsKeyPair.FromSeed(text) : NatsKeyPair.FromPublicKey(text);
    }
}

using System.Buffers;
using System.Security;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A key that is to be used or recorded: a key pair, a public key, a seed, or the path of a key file.</summary>
public sealed class KeyArgument : IArgument
{
    // A folder that lies beside by chance is not meant by a text without any of these.
    private static readonly SearchValues<char> PathMarks = SearchValues.Create("./\\");

    private readonly Func<Func<string, string>, NatsKeyPair> open;

    /// <summary>Takes a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public KeyArgument(NatsKeyPair key) => open = _ => key.Copy();

    /// <summary>Takes a signing key: its key pair where it has one, else its public half.</summary>
    /// <param name="key">The signing key.</param>
    public KeyArgument(NatsSigningKey key) => (open, Store) = (_ => key.KeyPair?.Copy() ?? NatsKeyPair.FromPublicKey(key.PublicKey), key.Store);

    /// <summary>Takes a seed.</summary>
    /// <param name="seed">The seed.</param>
    public KeyArgument(SecureString seed) => open = _ => SecureStrings.ReadSeed(seed);

    /// <summary>Takes a public key, a seed, or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    public KeyArgument(string text) => open = fullPath => FromText(text, fullPath);

    /// <summary>The store of a signing key, which has its seed where anybody has it.</summary>
    internal NatsStore? Store { get; }

    /// <summary>The key, which the caller disposes.</summary>
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

        // It is neither; say what ails it as the key that it most looks like. The text itself is not repeated.
        return text.StartsWith('S') ? NatsKeyPair.FromSeed(text) : NatsKeyPair.FromPublicKey(text);
    }
}

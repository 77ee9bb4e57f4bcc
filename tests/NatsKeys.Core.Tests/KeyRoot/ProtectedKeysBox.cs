using NatsKeys.Core.Tests.Store;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.KeyRoot;

/// <summary>A key root on disk with a passphrase that is cheap to try.</summary>
internal sealed class ProtectedKeysBox : IDisposable
{
    public const string Passphrase = "correct horse";
    public static readonly ProtectionCost Cheap = new(ProtectionCost.LeastMemory, 1);
    private readonly StoreBox box = new(StorePlace.Disk);

    public ProtectedKeysBox() => Protect(Passphrase);

    public StoreBox Store => box;

    public KeyStore Keys => box.Store.Keys;

    public string Root => box.At("keys");

    public string HeaderFile => box.At("keys", ProtectionFile.FileName);

    public void Protect(string passphrase) => new KeyProtection(Root).Protect(passphrase, Cheap);

    /// <summary>What a new process knows.</summary>
    public void Forget() => Keys.Lock();

    /// <summary>Keeps a new key.</summary>
    public NatsKeyPair Add(NatsKeyType type = NatsKeyType.User)
    {
        NatsKeyPair key = NatsKeyPair.Generate(type);
        Keys.Add(key);
        return key;
    }

    /// <summary>Keeps a new key as it was kept before there was a passphrase.</summary>
    public NatsKeyPair AddPlain(NatsKeyType type = NatsKeyType.User)
    {
        NatsKeyPair key = NatsKeyPair.Generate(type);
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(key))!);
        File.WriteAllText(FileOf(key), SeedOf(key));
        return key;
    }

    public static string SeedOf(NatsKeyPair key)
    {
        var seed = new char[KeyEncoding.SeedLength];
        key.CopySeed(seed);
        return new string(seed);
    }

    public string FileOf(NatsKeyPair key) => box.At("keys", "keys", key.PublicKey[..1], key.PublicKey[1..3], key.PublicKey + ".nk");

    public bool IsPlain(NatsKeyPair key) => File.ReadAllText(FileOf(key)) == SeedOf(key);

    /// <summary>Whether a key is found, with its seed.</summary>
    public bool Finds(NatsKeyPair key)
    {
        using NatsKeyPair? found = Keys.Find(key.PublicKey);
        return found is not null && SeedOf(found) == SeedOf(key);
    }

    public void SealAll()
    {
        foreach (string publicKey in Keys.PublicKeys().ToArray())
        {
            Keys.Seal(publicKey);
        }
    }

    public void Dispose() => box.Dispose();
}

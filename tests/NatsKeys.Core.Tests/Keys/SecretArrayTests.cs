using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Keys;

/// <summary>
/// Arrays that hold secrets are pinned: the garbage collector never moves them, and leaves no copy behind. It counts them in its oldest generation
/// from the beginning.
/// </summary>
public class SecretArrayTests
{
    [Fact]
    public void Texts_with_a_seed_are_pinned()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        using NatsKeyPair key = box.Store.Keys.Find(box.User.Subject!)!;
        IsPinned(CredentialFormat.Write(box.User.Jwt!, key));
        IsPinned(CredentialFormat.SeedBlock(key));
        IsPinned(TextDecoder.DecodeSecret("seed"u8, FileKind.Key));
    }

    [Fact]
    public void Contents_of_files_that_may_have_a_seed_are_pinned()
    {
        using var folder = new TemporaryFolder();
        string file = folder.At("file");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
        foreach (FileKind kind in (FileKind[])[FileKind.Key, FileKind.Credential, FileKind.Token, FileKind.Certificate])
        {
            IsPinned(SafeFiles.Read(file, kind)!);
        }
    }

    private static void IsPinned(Array array) => Assert.Equal(GC.MaxGeneration, GC.GetGeneration(array));
}

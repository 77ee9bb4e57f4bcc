using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.KeyRoot;

public class KeyStoreTests
{
    [Theory]
    [EveryStore]
    public void A_key_is_kept_once_and_found_until_it_is_removed(StorePlace place)
    {
        using var box = new StoreBox(place);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        box.Store.Keys.Add(key);
        box.Store.Keys.Add(key);

        Assert.True(box.Store.Keys.Contains(key.PublicKey));
        Assert.Equal([key.PublicKey], box.Store.Keys.PublicKeys());
        using (NatsKeyPair found = box.Store.Keys.Find(key.PublicKey)!)
        {
            Assert.Equal((key.PublicKey, true), (found.PublicKey, found.HasSeed));
        }

        box.Store.Keys.Remove(key.PublicKey);
        box.Store.Keys.Remove(key.PublicKey);
        Assert.False(box.Store.Keys.Contains(key.PublicKey));
        Assert.Null(box.Store.Keys.Find(key.PublicKey));
        Assert.Empty(box.Store.Keys.PublicKeys());
    }

    [Theory]
    [EveryStore]
    public void What_is_found_is_the_caller_s_to_dispose(StorePlace place)
    {
        using var box = new StoreBox(place);
        NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(key);
        key.Dispose();
        NatsKeyPair first = box.Store.Keys.Find(key.PublicKey)!;
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(first.ToSeed);
        using NatsKeyPair again = box.Store.Keys.Find(key.PublicKey)!;
        byte[] signature = new byte[ISigner.SignatureLength];
        again.Sign("data"u8, signature);
        Assert.True(key.Verify("data"u8, signature));
    }

    [Theory]
    [EveryStore]
    public void A_key_without_a_seed_cannot_be_kept(StorePlace place)
    {
        using var box = new StoreBox(place);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(key.PublicKey);
        Refused.With(ErrorCode.PublicKeyOnly, () => box.Store.Keys.Add(publicOnly));
        Assert.False(box.Store.Keys.Contains(key.PublicKey));
    }

    [Theory]
    [EveryStore]
    public void What_is_no_public_key_is_refused_before_a_path_is_made_of_it(StorePlace place)
    {
        using var box = new StoreBox(place);
        Refused.With(ErrorCode.InvalidPublicKey, () => box.Store.Keys.Find("../../x"));
        Refused.With(ErrorCode.InvalidPublicKey, () => box.Store.Keys.Contains(""));
        Refused.With(ErrorCode.InvalidPublicKey, () => box.Store.Keys.Remove(Vectors.Seed("U1")));
    }

    [Theory]
    [InlineData(NatsKeyType.Operator)]
    [InlineData(NatsKeyType.Account)]
    [InlineData(NatsKeyType.User)]
    [InlineData(NatsKeyType.Curve)]
    public void A_key_file_lies_where_nsc_looks_for_it_and_holds_the_seed_alone(NatsKeyType type)
    {
        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.Generate(type);
        box.Store.Keys.Add(key);
        string path = PathOf(box, key);
        var seed = new char[KeyEncoding.SeedLength];
        key.CopySeed(seed);

        Assert.Equal(new string(seed), File.ReadAllText(path));
        Assert.Equal(58, new FileInfo(path).Length);
        Assert.Equal("**/*.nk\n**/*.creds\n.natskeys.*\n", File.ReadAllText(box.At("keys", ".gitignore")));
    }

    [Fact]
    public void Only_the_owner_can_read_keys_and_look_into_their_folders()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        box.Store.Keys.Add(key);
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(file, File.GetUnixFileMode(PathOf(box, key)));
        string[] folders = [box.At("keys"), box.At("keys", "keys"), box.At("keys", "keys", "U"), box.At("keys", "keys", "U", key.PublicKey[1..3])];
        foreach (string folder in folders)
        {
            Assert.True((file | UnixFileMode.UserExecute) == File.GetUnixFileMode(folder), folder);
        }
    }

    [Fact]
    public void Another_key_in_the_place_of_one_is_a_conflict_and_stays()
    {
        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(box, key))!);
        File.WriteAllText(PathOf(box, key), Vectors.Seed("U1"));

        NatsKeysException error = Refused.With(ErrorCode.KeyConflict, () => box.Store.Keys.Add(key));
        Refused.With(ErrorCode.KeyConflict, () => box.Store.Keys.Find(key.PublicKey));
        Assert.Equal(PathOf(box, key), error.Path);
        Assert.DoesNotContain(Vectors.Seed("U1"), error.ToString(), StringComparison.Ordinal);
        Assert.Equal(Vectors.Seed("U1"), File.ReadAllText(PathOf(box, key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    public void A_broken_key_file_is_named_and_stays(string content)
    {
        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(box, key))!);
        File.WriteAllText(PathOf(box, key), content);
        Assert.Equal(PathOf(box, key), Assert.Throws<NatsKeysException>(() => box.Store.Keys.Add(key)).Path);
        Assert.Equal(content, File.ReadAllText(PathOf(box, key)));
    }

    [Fact]
    public void A_key_file_of_another_tool_may_have_a_line_end_and_a_public_key()
    {
        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("U1"));
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(box, key))!);
        File.WriteAllText(PathOf(box, key), $"{Vectors.Seed("U1")}\r\n{key.PublicKey}\r\n");
        using NatsKeyPair found = box.Store.Keys.Find(key.PublicKey)!;
        Assert.Equal(key.PublicKey, found.PublicKey);
        box.Store.Keys.Add(key);
    }

    private static string PathOf(StoreBox box, NatsKeyPair key) =>
        box.At("keys", "keys", key.PublicKey[..1], key.PublicKey[1..3], key.PublicKey + ".nk");
}

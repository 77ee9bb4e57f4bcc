using System.Text;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.KeyRoot;

/// <summary>Encrypted seeds and headers that were cut, altered or exchanged: an error names the file, and no other key takes the place.</summary>
[Collection(KeyProtectionTests.Protected)]
public class DamagedKeyTests
{
    private const string Passphrase = ProtectedKeysBox.Passphrase;

    [Fact]
    public void A_seed_file_that_was_cut_anywhere_is_damaged()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        byte[] whole = File.ReadAllBytes(box.FileOf(key));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(box.FileOf(key), whole[..length]);
            IsDamaged(box, key);
        }
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0x80)]
    public void A_seed_file_with_any_byte_altered_is_damaged(byte change)
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        byte[] whole = File.ReadAllBytes(box.FileOf(key));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] altered = [.. whole];
            altered[at] ^= change;
            File.WriteAllBytes(box.FileOf(key), altered);
            IsDamaged(box, key);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("=")]
    [InlineData("AAAA")]
    [InlineData("\nUAAA")]
    public void A_seed_file_with_something_behind_it_is_damaged(string more)
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        File.AppendAllText(box.FileOf(key), more);
        IsDamaged(box, key);
    }

    [Fact]
    public void A_line_end_behind_a_seed_is_no_damage()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        File.AppendAllText(box.FileOf(key), "\r\n");
        Assert.True(box.Finds(key));
    }

    [Fact]
    public void Files_that_were_exchanged_are_damaged()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair one = box.Add();
        using NatsKeyPair other = box.Add();
        string kept = File.ReadAllText(box.FileOf(one));
        File.WriteAllText(box.FileOf(one), File.ReadAllText(box.FileOf(other)));
        File.WriteAllText(box.FileOf(other), kept);
        IsDamaged(box, one);
        IsDamaged(box, other);
    }

    [Fact]
    public void The_seed_of_another_root_is_damaged()
    {
        using var box = new ProtectedKeysBox();
        using var other = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        other.Keys.Add(key);
        File.Copy(other.FileOf(key), box.FileOf(key), overwrite: true);
        IsDamaged(box, key);
    }

    [Fact]
    public void A_damaged_seed_is_not_written_over()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        File.WriteAllText(box.FileOf(key), "natskeys-sealed-1:AAAA");
        Refused.With(ErrorCode.KeyDamaged, () => box.Keys.Add(key));
        Assert.Equal("natskeys-sealed-1:AAAA", File.ReadAllText(box.FileOf(key)));
    }

    [Fact]
    public void Without_its_header_an_encrypted_seed_says_what_is_missing()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        File.Delete(box.HeaderFile);
        Assert.Contains(box.HeaderFile, IsDamaged(box, key).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_file_is_read_by_its_path_in_its_root_alone()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        using (NatsKeyPair found = SeedFile.Read(box.FileOf(key)))
        {
            Assert.Equal(key.PublicKey, found.PublicKey);
        }

        string elsewhere = box.Store.At("copy.nk");
        File.Copy(box.FileOf(key), elsewhere);
        Assert.Equal(elsewhere, Refused.With(ErrorCode.KeyDamaged, () => SeedFile.Read(elsewhere)).Path);
        box.Forget();
        Refused.With(ErrorCode.KeyStoreLocked, () => SeedFile.Read(box.FileOf(key)));
    }

    [Fact]
    public void A_header_that_was_cut_anywhere_opens_nothing()
    {
        using var box = new ProtectedKeysBox();
        box.Forget();
        byte[] whole = File.ReadAllBytes(box.HeaderFile);
        for (int length = 0; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(box.HeaderFile, whole[..length]);
            OpensNothing(box, ErrorCode.KeyDamaged);
        }
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0x80)]
    public void A_header_with_any_byte_altered_opens_nothing(byte change)
    {
        using var box = new ProtectedKeysBox();
        box.Forget();
        byte[] whole = File.ReadAllBytes(box.HeaderFile);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] altered = [.. whole];
            altered[at] ^= change;
            File.WriteAllBytes(box.HeaderFile, altered);
            OpensNothing(box, ErrorCode.KeyDamaged, ErrorCode.WrongPassphrase, ErrorCode.StoreFormat);
        }
    }

    /// <summary>The first two would have been accepted for themselves: what is stated is part of what was encrypted.</summary>
    [Theory]
    [InlineData("memory: 8", "memory: 16", ErrorCode.WrongPassphrase)]
    [InlineData("passes: 1", "passes: 2", ErrorCode.WrongPassphrase)]
    [InlineData("memory: 8", "memory: 7", ErrorCode.KeyDamaged)]
    [InlineData("memory: 8", "memory: 1073741824", ErrorCode.KeyDamaged)]
    [InlineData("memory: 8", "memory: 99999999999999999999", ErrorCode.KeyDamaged)]
    [InlineData("memory: 8", "memory: -8", ErrorCode.KeyDamaged)]
    [InlineData("passes: 1", "passes: 0", ErrorCode.KeyDamaged)]
    [InlineData("passes: 1", "passes: 1000000", ErrorCode.KeyDamaged)]
    [InlineData("parallelism: 1", "parallelism: 4", ErrorCode.KeyDamaged)]
    [InlineData("kdf: argon2id", "kdf: none", ErrorCode.KeyDamaged)]
    [InlineData("format: 1", "format: 2", ErrorCode.StoreFormat)]
    [InlineData("format: 1", "format: 1\nhint: mother's name", ErrorCode.KeyDamaged)]
    [InlineData("memory: 8", "memory: [8]", ErrorCode.KeyDamaged)]
    public void A_header_that_states_something_else_opens_nothing(string stated, string altered, ErrorCode code)
    {
        using var box = new ProtectedKeysBox();
        box.Forget();
        string header = File.ReadAllText(box.HeaderFile);
        Assert.Contains(stated, header, StringComparison.Ordinal);
        File.WriteAllText(box.HeaderFile, header.Replace(stated, altered, StringComparison.Ordinal));
        OpensNothing(box, code);
    }

    [Theory]
    [InlineData("salt")]
    [InlineData("id")]
    [InlineData("root_key")]
    public void A_header_with_the_value_of_another_one_opens_nothing(string name)
    {
        using var box = new ProtectedKeysBox();
        using var other = new ProtectedKeysBox();
        string Line(string file) => File.ReadAllLines(file).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        string header = File.ReadAllText(box.HeaderFile).Replace(Line(box.HeaderFile), Line(other.HeaderFile), StringComparison.Ordinal);
        box.Forget();
        File.WriteAllText(box.HeaderFile, header);
        OpensNothing(box, ErrorCode.WrongPassphrase);
    }

    [Fact]
    public void A_header_that_is_damaged_lets_no_plain_seed_be_written()
    {
        using var box = new ProtectedKeysBox();
        File.WriteAllText(box.HeaderFile, "");
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        Refused.With(ErrorCode.KeyDamaged, () => box.Keys.Add(key));
        Assert.False(File.Exists(box.FileOf(key)));
        Assert.Equal(KeyProtectionState.Locked, box.Keys.Protection);
    }

    private static NatsKeysException IsDamaged(ProtectedKeysBox box, NatsKeyPair key)
    {
        NatsKeysException error = Refused.With(ErrorCode.KeyDamaged, () => box.Keys.Find(key.PublicKey));
        Assert.Equal(box.FileOf(key), error.Path);
        Assert.Contains(box.FileOf(key), error.Message, StringComparison.Ordinal);
        return error;
    }

    private static void OpensNothing(ProtectedKeysBox box, params ErrorCode[] codes)
    {
        string text = Encoding.UTF8.GetString(File.ReadAllBytes(box.HeaderFile));
        NatsKeysException? error = Record.Exception(() => box.Keys.Unlock(Passphrase)) as NatsKeysException;
        Assert.True(error is not null && codes.Contains(error.Code), $"{error?.Code}: {error?.Message}\n{text}");
        Assert.Equal(box.HeaderFile, error!.Path);
        Assert.Equal(KeyProtectionState.Locked, box.Keys.Protection);
    }
}

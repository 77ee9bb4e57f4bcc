using System.Reflection;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Keys;

public class NatsKeyPairTests
{
    [Theory]
    [InlineData(NatsKeyType.Operator, 'O')]
    [InlineData(NatsKeyType.Account, 'A')]
    [InlineData(NatsKeyType.User, 'U')]
    [InlineData(NatsKeyType.Server, 'N')]
    [InlineData(NatsKeyType.Cluster, 'C')]
    [InlineData(NatsKeyType.Curve, 'X')]
    public void Generated_keys_bear_the_letter_of_their_type(NatsKeyType type, char letter)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(type);
        using NatsKeyPair other = NatsKeyPair.Generate(type);
        Assert.Equal(letter, key.PublicKey[0]);
        Assert.NotEqual(key.PublicKey, other.PublicKey);
    }

    [Fact]
    public void Nothing_public_shows_the_seed()
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("U1"));
        Assert.Equal(key.PublicKey, key.ToString());
        foreach (PropertyInfo property in typeof(NatsKeyPair).GetProperties())
        {
            Assert.DoesNotContain(Vectors.Seed("U1"), property.GetValue(key)?.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_disposed_key_has_forgotten_its_seed()
    {
        NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        key.Sign("data"u8, new byte[ISigner.SignatureLength]);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("data"u8, new byte[ISigner.SignatureLength]));
        Assert.Throws<ObjectDisposedException>(() => key.ToSeed());
    }

    [Theory]
    [InlineData(false, 58, "SA")]
    [InlineData(true, 108, "P")]
    public void A_seed_that_was_revealed_is_cleared(bool privateForm, int length, string beginning)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        ReadOnlyMemory<char> kept = default;
        key.Reveal(privateForm, text =>
        {
            kept = text;
            Assert.Equal(length, text.Length);
            Assert.StartsWith(beginning, text.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(new string('\0', length), kept.ToString());

        kept = default;
        Assert.Throws<TimeoutException>(() => key.Reveal(privateForm, text =>
        {
            kept = text;
            throw new TimeoutException();
        }));
        Assert.Equal(new string('\0', length), kept.ToString());
    }

    [Fact]
    public void A_public_key_reveals_nothing()
    {
        using NatsKeyPair key = NatsKeyPair.FromPublicKey(NatsKeyPair.FromSeed(Vectors.Seed("A1")).PublicKey);
        Refused.With(ErrorCode.PublicKeyOnly, () => key.Reveal(privateForm: false, _ => Assert.Fail("There is no seed.")));
        Refused.With(ErrorCode.PublicKeyOnly, () => key.Reveal(privateForm: true, _ => Assert.Fail("There is no seed.")));
    }

    [Fact]
    public void One_key_signs_on_many_threads()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        Parallel.For(0, 500, index =>
        {
            byte[] signature = new byte[ISigner.SignatureLength];
            key.Sign(BitConverter.GetBytes(index), signature);
            Assert.True(key.Verify(BitConverter.GetBytes(index), signature));
        });
    }

    [Fact]
    public void Fifty_thousand_keys_fit_into_one_process()
    {
        // A guarded allocation for each would exhaust the memory mappings of a Linux process.
        NatsKeyPair[] keys = [.. Enumerable.Range(0, 50_000).Select(_ => NatsKeyPair.FromRawSeed(NatsKeyType.User, new byte[32]))];
        Assert.All(keys.Take(10), key => Assert.True(key.HasSeed));
    }

    [Theory]
    [InlineData("\uFEFF{0}")]
    [InlineData("{0}\n{1}\n")]
    [InlineData("# comment\r\n\r\n  {0}  \r\n")]
    [InlineData("{1}\n{0}")]
    public void Key_files_are_read_as_people_write_them(string layout)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        using NatsKeyPair read = KeyFile.Parse(string.Format(null, layout, Vectors.Seed("A1"), key.PublicKey));
        Assert.Equal(key.PublicKey, read.PublicKey);
        Assert.True(read.HasSeed);
    }

    [Fact]
    public void Two_different_seeds_in_one_file_are_refused()
    {
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => KeyFile.Parse($"{Vectors.Seed("A1")}\n{Vectors.Seed("U1")}"));
        Assert.Equal(ErrorCode.AmbiguousSeed, error.Code);
        Assert.DoesNotContain(Vectors.Seed("A1"), error.Message, StringComparison.Ordinal);
    }
}

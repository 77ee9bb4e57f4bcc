using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Hostile;

public class KeyPropertyTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly Gen<byte[]> Raw = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(KeyEncoding.RawLength);

    private static readonly Gen<NatsKeyPair> Pairs =
        from type in Gen.Elements(Enum.GetValues<NatsKeyType>())
        from raw in Gen.OneOf(Raw, Gen.Elements(new byte[KeyEncoding.RawLength], Enumerable.Repeat((byte)0xFF, KeyEncoding.RawLength).ToArray()))
        select NatsKeyPair.FromRawSeed(type, raw);

    [Fact]
    public void Any_32_bytes_of_any_type_survive_every_text_form()
    {
        Prop.ForAll(Pairs.ToArbitrary(), AssertSurvives).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void Any_other_character_anywhere_in_a_key_is_refused()
    {
        Gen<(string Text, int At, char With)> changed =
            from pair in Pairs
            from isSeed in Gen.Elements(true, false)
            from at in Gen.Choose(0, isSeed ? KeyEncoding.SeedLength - 1 : KeyEncoding.PublicLength - 1)
            from with in Gen.OneOf(Gen.Elements(Alphabet.ToCharArray()), Gen.Elements('0', '1', '8', '=', 'a', ' ', '\n', '\0', 'Ａ', '\ud800'))
            select (isSeed ? SeedOf(pair) : pair.PublicKey, at, with);
        Prop.ForAll(changed.ToArbitrary(), change =>
        {
            string text = change.Text[..change.At] + change.With + change.Text[(change.At + 1)..];
            bool isSpaceAtEnd = char.IsWhiteSpace(change.With) && change.At == text.Length - 1;
            Assert.Equal(text == change.Text, NatsKeyPair.IsSeed(text) || PublicNkey.TryGetType(text, out _));
            Assert.True(text == change.Text || isSpaceAtEnd || Assert.ThrowsAny<NatsKeysException>(() => KeyFile.Parse(text)) is not null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static void AssertSurvives(NatsKeyPair pair)
    {
        string seed = SeedOf(pair);
        using NatsKeyPair again = NatsKeyPair.FromSeed(seed);
        Assert.Equal((pair.Type, pair.PublicKey, seed), (again.Type, again.PublicKey, SeedOf(again)));

        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(pair.PublicKey);
        Assert.Equal((pair.Type, pair.PublicKey, false), (publicOnly.Type, publicOnly.PublicKey, publicOnly.HasSeed));

        using NatsKeyPair file = KeyFile.Parse($"\uFEFF# note\r\n {pair.PublicKey}\r\n{seed}\t\n{seed}");
        Assert.Equal((pair.PublicKey, true), (file.PublicKey, file.HasSeed));

        Span<char> text = stackalloc char[KeyEncoding.PrivateLength];
        int length = pair.CopyPrivateKey(text);
        Span<byte> bytes = stackalloc byte[Base32.DecodedLength(length)];
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        pair.CopyRawSeed(raw);
        Assert.True(Base32.TryDecode(text[..length], bytes));
        Assert.True(bytes.Slice(1, KeyEncoding.RawLength).SequenceEqual(raw));
    }

    private static string SeedOf(NatsKeyPair pair)
    {
        char[] text = new char[KeyEncoding.SeedLength];
        pair.CopySeed(text);
        return new string(text);
    }
}

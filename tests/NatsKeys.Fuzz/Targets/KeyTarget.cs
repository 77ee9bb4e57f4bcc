using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Fuzz.Targets;

/// <summary>Key texts and key files.</summary>
internal sealed class KeyTarget(Corpus corpus) : IFuzzTarget
{
    private readonly Mutator mutator = new(corpus.Keys, "\n", "#", "\uFEFF", "=", " ", "SU", "SX", "PA", "\u00a0", "ſ", "Ａ");

    public string Name => "keys";

    public byte[] Make(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return WellEncoded(random);
            case 1:
                return [.. mutator.Make(random), (byte)'\n', .. random.Next(2) == 0 ? mutator.Make(random) : mutator.Pick(random)];
            default:
                return mutator.Make(random);
        }
    }

    public bool Run(byte[] input)
    {
        string text = InputText.WithHalves(input);
        bool isSeed = NatsKeyPair.IsSeed(text);
        bool isPublic = PublicNkey.TryGetType(text.Trim(), out NatsKeyType type);
        Hold.That(isSeed == Attempt.Run(() => CheckSeed(text)), "IsSeed and FromSeed differ");
        Hold.That(isPublic == Attempt.Run(() => CheckPublic(text, type)), "TryGetType and FromPublicKey differ");
        bool isFile = Attempt.Run(() => CheckFile(text));
        Hold.That(isFile || !(isSeed || isPublic), "a key is no key file");
        return isFile;
    }

    private static void CheckFile(string text)
    {
        using NatsKeyPair key = KeyFile.Parse(text);
        Hold.That(key.PublicKey.Length == KeyEncoding.PublicLength, "a public key of another length");
    }

    private static void CheckSeed(string text)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(text);
        char[] seed = new char[KeyEncoding.SeedLength];
        key.CopySeed(seed);
        Hold.That(text.AsSpan().Trim().SequenceEqual(seed), "a seed is another one when it is written");
    }

    private static void CheckPublic(string text, NatsKeyType type)
    {
        using NatsKeyPair key = NatsKeyPair.FromPublicKey(text);
        Hold.That(key.Type == type, "a public key of another type");
        Hold.That(text.AsSpan().Trim().SequenceEqual(key.PublicKey), "a public key is another one when it is written");
    }

    /// <summary>Bytes with a checksum that holds, which damage to a text never has.</summary>
    private static byte[] WellEncoded(Random random)
    {
        byte[] bytes = new byte[random.Next(4) == 0 ? random.Next(70) : 33 + random.Next(2)];
        random.NextBytes(bytes);
        if (random.Next(3) == 0)
        {
            Array.Fill(bytes, (byte)(random.Next(2) * 0xFF));
        }

        byte[] prefixes = [0x70, 0x00, 0xA0, 0x68, 0x10, 0xB8, 0x90, 0x93, 0x95, 0x78, 0xC8, 0x71];
        if (bytes.Length > 1)
        {
            bytes[0] = prefixes[random.Next(prefixes.Length)];
            bytes[1] = random.Next(2) == 0 ? bytes[1] : (byte)(random.Next(8) * 0x40);
        }

        ushort checksum = Crc16.Compute(bytes);
        byte[] whole = [.. bytes, (byte)checksum, (byte)(checksum >> 8)];
        char[] text = new char[Base32.EncodedLength(whole.Length)];
        Base32.Encode(whole, text);
        return Encoding.ASCII.GetBytes(text);
    }
}

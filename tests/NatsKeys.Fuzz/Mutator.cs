using System.Text;

namespace NatsKeys.Fuzz;

/// <summary>Damages bytes: what transmission, bad tools and bad people do to a text.</summary>
internal sealed class Mutator(byte[][] sources, params string[] words)
{
    private const int MaximumLength = 64 * 1024;

    /// <summary>How often an input may be longer than anyone would send: each one takes as long as hundreds of others.</summary>
    private const int HugeEvery = 4096;

    private static readonly byte[][] Broken =
    [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xEF, 0xBB, 0xBF], [0], [0xC2, 0x85],
        [0xE2, 0x80, 0xA8],
        [0xEF, 0xBF, 0xBE], [0xF0, 0x9F, 0x98, 0x80], [.. "\\ud800"u8], [.. "\\udc00"u8], [.. "\\ud83d\\ude00"u8], [.. "\\u0000"u8], [.. "\\"u8],
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "255", "256", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615", "18446744073709551616", "1e3", "1E400", "-1e400", "1e-400", "1.0", "0.1", "01", "0x10", "1e999999999", "253402300799",
        "253402300800", "-62135596801",
    ];

    private static readonly string[] Brackets = ["[", "{", "{\"a\":", "[{", "]", "}", "- ", "? ", "  ", "("];
    private readonly byte[][] dictionary = [.. words.Select(Encoding.UTF8.GetBytes)];

    public byte[] Pick(Random random) => sources[random.Next(sources.Length)];

    /// <summary>An input out of the sources, damaged once or a few times.</summary>
    public byte[] Make(Random random) => Damage(random, Pick(random));

    public byte[] Damage(Random random, byte[] source)
    {
        byte[] bytes = source;
        for (int left = 1 + (random.Next(2) * random.Next(6)); left > 0; left--)
        {
            bytes = Once(random, bytes);
            if (bytes.Length > MaximumLength && random.Next(HugeEvery) != 0)
            {
                bytes = bytes[..MaximumLength];
            }
        }

        return bytes;
    }

    private static byte[] Replace(byte[] bytes, int at, int length, ReadOnlySpan<byte> with) =>
        [.. bytes.AsSpan(0, at), .. with, .. bytes.AsSpan(at + length)];

    private static byte[] Flip(Random random, byte[] bytes, int at)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        byte[] copy = [.. bytes];
        copy[Math.Min(at, bytes.Length - 1)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] ChangeCase(byte[] bytes, int at, int length)
    {
        byte[] copy = [.. bytes];
        foreach (ref byte value in copy.AsSpan(at, length))
        {
            value = char.IsAsciiLetter((char)value) ? (byte)(value ^ 0x20) : value;
        }

        return copy;
    }

    /// <summary>Puts another number where one stands; where none does, it is put in.</summary>
    private static byte[] ChangeNumber(Random random, byte[] bytes, int at)
    {
        int from = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        byte[] number = Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]);
        if (from < 0)
        {
            return Replace(bytes, at, 0, number);
        }

        from += at;
        int length = bytes.AsSpan(from).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return Replace(bytes, from, length < 0 ? bytes.Length - from : length, number);
    }

    private static byte[] Nest(Random random, byte[] bytes, int at)
    {
        string opening = Brackets[random.Next(Brackets.Length)];
        int depth = random.Next(HugeEvery) == 0 ? 100_000 : 1 + random.Next(80);
        return Replace(bytes, at, 0, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(opening, depth))));
    }

    private static byte[] Lengthen(Random random, byte[] bytes, int at)
    {
        int length = random.Next(HugeEvery) == 0 ? 1_100_000 : random.Next(random.Next(16) == 0 ? 20_000 : 300);
        byte[] run = new byte[length];
        Array.Fill(run, bytes.Length == 0 ? (byte)'a' : bytes[Math.Min(at, bytes.Length - 1)]);
        return Replace(bytes, at, 0, run);
    }

    private byte[] Once(Random random, byte[] bytes)
    {
        int at = random.Next(bytes.Length + 1);
        int length = random.Next(Math.Min(bytes.Length - at, random.Next(4) == 0 ? 200 : 8) + 1);
        switch (random.Next(12))
        {
            case 0:
            case 1:
                return Flip(random, bytes, at);
            case 2:
                return Replace(bytes, at, length, []);
            case 3:
                byte[] noise = new byte[random.Next(6)];
                random.NextBytes(noise);
                return Replace(bytes, at, 0, noise);
            case 4:
                return Replace(bytes, at, 0, bytes.AsSpan(at, length));
            case 5:
                byte[] other = Pick(random);
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))];
            case 6:
                return ChangeNumber(random, bytes, at);
            case 7:
                return Nest(random, bytes, at);
            case 8:
                return Replace(bytes, at, random.Next(2) * length, Broken[random.Next(Broken.Length)]);
            case 9:
                return Lengthen(random, bytes, at);
            case 10:
                return ChangeCase(bytes, at, length);
            default:
                return dictionary.Length == 0 ? Flip(random, bytes, at)
                    : Replace(bytes, at, random.Next(2) * length, dictionary[random.Next(dictionary.Length)]);
        }
    }
}

namespace NatsKeys.Keys;

/// <summary>
/// RFC 4648 base32, upper case and without padding. It is written by hand because .NET has no base32, and libraries return strings: this one works on
/// spans only, so that a seed passes through it without leaving a copy behind.
/// </summary>
internal static class Base32
{
    /// <summary>The characters, in the order of their values.</summary>
    public const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static int EncodedLength(int byteCount) => ((byteCount * 8) + 4) / 5;

    public static int DecodedLength(int characterCount) => characterCount * 5 / 8;

    public static void Encode(ReadOnlySpan<byte> source, Span<char> destination)
    {
        uint buffer = 0;
        int bits = 0;
        int written = 0;
        foreach (byte value in source)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                destination[written++] = Alphabet[(int)((buffer >> bits) & 0x1F)];
            }
        }

        if (bits > 0)
        {
            destination[written] = Alphabet[(int)((buffer << (5 - bits)) & 0x1F)];
        }
    }

    /// <summary>Decodes the whole text. Surplus bits at its end are dropped, so callers encode the result again and compare.</summary>
    /// <returns>False if a character is outside the alphabet.</returns>
    public static bool TryDecode(ReadOnlySpan<char> source, Span<byte> destination)
    {
        uint buffer = 0;
        int bits = 0;
        int written = 0;
        foreach (char character in source)
        {
            int value = ValueOf(character);
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << 5) | (uint)value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                destination[written++] = (byte)(buffer >> bits);
            }
        }

        return true;
    }

    private static int ValueOf(char character) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= '2' and <= '7' => character - '2' + 26,
        _ => -1,
    };
}

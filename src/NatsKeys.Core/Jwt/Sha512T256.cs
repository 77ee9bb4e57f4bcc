using System.Buffers.Binary;
using System.Numerics;

namespace NatsKeys.Jwt;

/// <summary>
/// Computes SHA-512/256 (FIPS 180-4), which .NET does not have. It is SHA-512 with other initial values, truncated to 32 bytes. It hashes only public
/// data (the <c>jti</c>), so it need not run in constant time.
/// </summary>
internal static class Sha512T256
{
    public const int HashLength = 32;
    private const int BlockLength = 128;
    private const int LengthFieldLength = 16;
    private const int RoundCount = 80;

    // FIPS 180-4, section 5.3.6.2.
    private static readonly ulong[] InitialState =
    [
        0x22312194FC2BF72C, 0x9F555FA3C84C64C2, 0x2393B86B6F53B151, 0x963877195940EABD,
        0x96283EE2A88EFFE3, 0xBE5E1E2553863992, 0x2B0199FC2C85B8AA, 0x0EB72DDC81C52CA2,
    ];

    // FIPS 180-4, section 4.2.3.
    private static readonly ulong[] Constants =
    [
        0x428A2F98D728AE22, 0x7137449123EF65CD, 0xB5C0FBCFEC4D3B2F, 0xE9B5DBA58189DBBC,
        0x3956C25BF348B538, 0x59F111F1B605D019, 0x923F82A4AF194F9B, 0xAB1C5ED5DA6D8118,
        0xD807AA98A3030242, 0x12835B0145706FBE, 0x243185BE4EE4B28C, 0x550C7DC3D5FFB4E2,
        0x72BE5D74F27B896F, 0x80DEB1FE3B1696B1, 0x9BDC06A725C71235, 0xC19BF174CF692694,
        0xE49B69C19EF14AD2, 0xEFBE4786384F25E3, 0x0FC19DC68B8CD5B5, 0x240CA1CC77AC9C65,
        0x2DE92C6F592B0275, 0x4A7484AA6EA6E483, 0x5CB0A9DCBD41FBD4, 0x76F988DA831153B5,
        0x983E5152EE66DFAB, 0xA831C66D2DB43210, 0xB00327C898FB213F, 0xBF597FC7BEEF0EE4,
        0xC6E00BF33DA88FC2, 0xD5A79147930AA725, 0x06CA6351E003826F, 0x142929670A0E6E70,
        0x27B70A8546D22FFC, 0x2E1B21385C26C926, 0x4D2C6DFC5AC42AED, 0x53380D139D95B3DF,
        0x650A73548BAF63DE, 0x766A0ABB3C77B2A8, 0x81C2C92E47EDAEE6, 0x92722C851482353B,
        0xA2BFE8A14CF10364, 0xA81A664BBC423001, 0xC24B8B70D0F89791, 0xC76C51A30654BE30,
        0xD192E819D6EF5218, 0xD69906245565A910, 0xF40E35855771202A, 0x106AA07032BBD1B8,
        0x19A4C116B8D2D0C8, 0x1E376C085141AB53, 0x2748774CDF8EEB99, 0x34B0BCB5E19B48A8,
        0x391C0CB3C5C95A63, 0x4ED8AA4AE3418ACB, 0x5B9CCA4F7763E373, 0x682E6FF3D6B2B8A3,
        0x748F82EE5DEFB2FC, 0x78A5636F43172F60, 0x84C87814A1F0AB72, 0x8CC702081A6439EC,
        0x90BEFFFA23631E28, 0xA4506CEBDE82BDE9, 0xBEF9A3F7B2C67915, 0xC67178F2E372532B,
        0xCA273ECEEA26619C, 0xD186B8C721C0C207, 0xEADA7DD6CDE0EB1E, 0xF57D4F7FEE6ED178,
        0x06F067AA72176FBA, 0x0A637DC5A2C898A6, 0x113F9804BEF90DAE, 0x1B710B35131C471B,
        0x28DB77F523047D84, 0x32CAAB7B40C72493, 0x3C9EBE0A15C9BEBC, 0x431D67C49C100D4C,
        0x4CC5D4BECB3E42B6, 0x597F299CFC657E2A, 0x5FCB6FAB3AD6FAEC, 0x6C44198C4A475817,
    ];

    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<ulong> state = stackalloc ulong[8];
        InitialState.CopyTo(state);
        ReadOnlySpan<byte> rest = data;
        while (rest.Length >= BlockLength)
        {
            Compress(state, rest[..BlockLength]);
            rest = rest[BlockLength..];
        }

        // The padding: the rest, one bit, zeros, and the length in bits. It needs a second block if the first is too small.
        Span<byte> end = stackalloc byte[2 * BlockLength];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = 0x80;
        int endLength = rest.Length < BlockLength - LengthFieldLength ? BlockLength : 2 * BlockLength;
        BinaryPrimitives.WriteUInt64BigEndian(end[(endLength - sizeof(ulong))..], (ulong)data.Length * 8);
        for (int offset = 0; offset < endLength; offset += BlockLength)
        {
            Compress(state, end.Slice(offset, BlockLength));
        }

        for (int word = 0; word < HashLength / sizeof(ulong); word++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination[(word * sizeof(ulong))..], state[word]);
        }
    }

    private static void Compress(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        Span<ulong> words = stackalloc ulong[RoundCount];
        for (int index = 0; index < 16; index++)
        {
            words[index] = BinaryPrimitives.ReadUInt64BigEndian(block[(index * sizeof(ulong))..]);
        }

        for (int index = 16; index < RoundCount; index++)
        {
            ulong early = words[index - 15];
            ulong late = words[index - 2];
            ulong sigma0 = BitOperations.RotateRight(early, 1) ^ BitOperations.RotateRight(early, 8) ^ (early >> 7);
            ulong sigma1 = BitOperations.RotateRight(late, 19) ^ BitOperations.RotateRight(late, 61) ^ (late >> 6);
            words[index] = words[index - 16] + sigma0 + words[index - 7] + sigma1;
        }

        (ulong a, ulong b, ulong c, ulong d) = (state[0], state[1], state[2], state[3]);
        (ulong e, ulong f, ulong g, ulong h) = (state[4], state[5], state[6], state[7]);
        for (int round = 0; round < RoundCount; round++)
        {
            ulong sum1 = BitOperations.RotateRight(e, 14) ^ BitOperations.RotateRight(e, 18) ^ BitOperations.RotateRight(e, 41);
            ulong first = h + sum1 + ((e & f) ^ (~e & g)) + Constants[round] + words[round];
            ulong sum0 = BitOperations.RotateRight(a, 28) ^ BitOperations.RotateRight(a, 34) ^ BitOperations.RotateRight(a, 39);
            ulong second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}

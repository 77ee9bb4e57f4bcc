namespace NatsKeys.Keys;

/// <summary>
/// CRC-16/XMODEM: polynomial 0x1021, initial value 0, no reflection, no final XOR. It is written by hand because .NET and System.IO.Hashing have CRCs
/// of 32 and 64 bits only.
/// </summary>
internal static class Crc16
{
    private static readonly ushort[] Table = MakeTable();

    public static ushort Compute(ReadOnlySpan<byte> data)
    {
        ushort crc = 0;
        foreach (byte value in data)
        {
            crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ value]);
        }

        return crc;
    }

    private static ushort[] MakeTable()
    {
        const int polynomial = 0x1021;
        var table = new ushort[256];
        for (int index = 0; index < table.Length; index++)
        {
            int crc = index << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ polynomial : crc << 1;
            }

            table[index] = (ushort)crc;
        }

        return table;
    }
}

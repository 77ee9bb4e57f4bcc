using System.Security.Cryptography;

namespace NatsKeys.Files;

/// <summary>Names that are given once, by whatever process: chance for each process, which is asked of the system once, and then a number.</summary>
internal static class UniqueName
{
    private static readonly long Series = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private static long count;

    /// <summary>Another name, of 32 hexadecimal digits.</summary>
    public static string Next() => $"{Series:x16}{Interlocked.Increment(ref count):x16}";
}

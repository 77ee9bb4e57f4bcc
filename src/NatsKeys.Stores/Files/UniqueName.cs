using System.Security.Cryptography;

namespace NatsKeys.Files;

/// <summary>Generates unique names: a random number of the process, which is generated only once for speed, and a counter.</summary>
internal static class UniqueName
{
    private static readonly long Series = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private static long count;

    /// <summary>Returns a new name of 32 hexadecimal digits.</summary>
    public static string Next() => $"{Series:x16}{Interlocked.Increment(ref count):x16}";
}

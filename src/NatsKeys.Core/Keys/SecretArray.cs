namespace NatsKeys.Keys;

/// <summary>
/// Allocates arrays for secrets. They are pinned, because the garbage collector would leave a copy behind if it moved them. The caller clears them.
/// </summary>
internal static class SecretArray
{
    /// <summary>Allocates an array.</summary>
    /// <param name="length">Its length.</param>
    public static T[] Of<T>(long length)
        where T : unmanaged => GC.AllocateArray<T>(checked((int)length), pinned: true);

    /// <summary>Copies a secret to an array.</summary>
    /// <param name="secret">The secret.</param>
    public static T[] Copy<T>(ReadOnlySpan<T> secret)
        where T : unmanaged
    {
        T[] copy = Of<T>(secret.Length);
        secret.CopyTo(copy);
        return copy;
    }
}

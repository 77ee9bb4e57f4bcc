namespace NatsKeys.Claims;

/// <summary>Protects shared objects from changes.</summary>
internal static class ReadOnly
{
    /// <summary>Throws if an object is read-only.</summary>
    /// <exception cref="InvalidOperationException">The object is read-only.</exception>
    public static void Refuse(bool isReadOnly)
    {
        if (isReadOnly)
        {
            throw new InvalidOperationException("These claims are read-only because they are shared. Call Copy() and change the copy.");
        }
    }
}

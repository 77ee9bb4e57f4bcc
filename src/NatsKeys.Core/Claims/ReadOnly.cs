namespace NatsKeys.Claims;

/// <summary>What cannot be changed, because several hold it.</summary>
internal static class ReadOnly
{
    /// <summary>Refuses a change of what is read-only.</summary>
    /// <exception cref="InvalidOperationException">It is read-only.</exception>
    public static void Refuse(bool isReadOnly)
    {
        if (isReadOnly)
        {
            throw new InvalidOperationException("These claims are read-only because they are shared. Call Copy() and change the copy.");
        }
    }
}

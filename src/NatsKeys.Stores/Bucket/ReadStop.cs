namespace NatsKeys.Bucket;

/// <summary>
/// What ends the reads of a caller. Reading a store takes no token, as a folder has nobody wait; servers may. It stands apart, for every caller sets
/// it, and few need the library of clients.
/// </summary>
internal static class ReadStop
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>The token of the caller; none where nobody set one.</summary>
    public static CancellationToken Token => Current.Value;

    /// <summary>Has whatever the caller reads from now on end with a token.</summary>
    public static void Set(CancellationToken token) => Current.Value = token;
}

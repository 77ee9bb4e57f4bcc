namespace NatsKeys.Bucket;

/// <summary>
/// The token that cancels the reads of a caller. Reading a store takes no token, because a folder responds at once; servers may not. This is a class
/// of its own because every caller sets it, but few need the NATS client library.
/// </summary>
internal static class ReadStop
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>The token of the caller; none if it was not set.</summary>
    public static CancellationToken Token => Current.Value;

    /// <summary>Sets the token that cancels the caller's reads from now on.</summary>
    public static void Set(CancellationToken token) => Current.Value = token;
}

namespace NatsKeys.Server;

/// <summary>Since when servers have what others do not, from their release notes and sources.</summary>
internal static class ServerFeatures
{
    private static readonly Dictionary<ServerFeature, ServerVersion[]> Table = new()
    {
        [ServerFeature.AuthCallout] = [new(2, 10, 0)],
        [ServerFeature.UserInfo] = [new(2, 10, 0)],
        [ServerFeature.Kick] = [new(2, 10, 0)],
        [ServerFeature.EmptyLookup] = [new(2, 9, 17)],
        [ServerFeature.HardDelete] = [new(2, 9, 16)],
        [ServerFeature.OperatorList] = [new(2, 10, 21)],
        [ServerFeature.MessageTracing] = [new(2, 11, 0)],
        [ServerFeature.DefaultSentinel] = [new(2, 11, 2)],
        [ServerFeature.TrustedProxies] = [new(2, 12, 0)],
    };

    /// <summary>Gets the first version of each release line that got a feature, the oldest line first.</summary>
    /// <param name="feature">The feature.</param>
    internal static ReadOnlySpan<ServerVersion> Since(ServerFeature feature) => Table[feature];
}

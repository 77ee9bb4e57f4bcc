namespace NatsKeys.Rules;

/// <summary>Lists the versions that introduced features, from the release notes and sources of the servers.</summary>
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
        [ServerFeature.HandshakeFirst] = [new(2, 10, 4)],
        [ServerFeature.MessageTracing] = [new(2, 11, 0)],
        [ServerFeature.ClusterTraffic] = [new(2, 11, 0)],
        [ServerFeature.DefaultSentinel] = [new(2, 11, 2)],
        [ServerFeature.AtomicBatches] = [new(2, 12, 0)],
        [ServerFeature.TrustedProxies] = [new(2, 12, 0)],
        [ServerFeature.RoleConnectionTypes] = [new(2, 10, 19)],
        [ServerFeature.MissingTags] = [new(2, 10, 5)],
        [ServerFeature.PlaceholdersInsideTokens] = [new(2, 11, 0)],
        [ServerFeature.LimitedExpansion] = [new(2, 11, 14), new(2, 12, 5)],
        [ServerFeature.QueueDeniesAdd] = [new(2, 11, 16), new(2, 12, 7)],
        [ServerFeature.HoursOverMidnight] = [new(2, 11, 17), new(2, 12, 8)],
        [ServerFeature.CheckedPermissions] = [new(2, 12, 14), new(2, 14, 4)],
        [ServerFeature.PublishIndex] = [new(2, 10, 22)],
        [ServerFeature.WholePublishIndex] = [new(2, 11, 12), new(2, 12, 4)],
        [ServerFeature.SubjectDots] = [new(2, 10, 12)],
        [ServerFeature.MappingTargets] = [new(2, 9, 22)],
        [ServerFeature.WeightsOfClusters] = [new(2, 10, 24)],
        [ServerFeature.SafeWeights] = [new(2, 11, 15), new(2, 12, 6)],
        [ServerFeature.SideMappings] = [new(2, 15, 0)],
        [ServerFeature.LooseMappings] = [new(2, 10, 0)],
        [ServerFeature.RandomMappings] = [new(2, 12, 0)],
        [ServerFeature.MappingArguments] = [new(2, 11, 8)],
        [ServerFeature.StreamCircles] = [new(2, 10, 17)],
        [ServerFeature.ServiceCircles] = [new(2, 10, 19)],
        [ServerFeature.SeparateCircles] = [new(2, 12, 6)],
        [ServerFeature.LargeLimits] = [new(2, 11, 14), new(2, 12, 5)],
        [ServerFeature.SameServiceFromSeveralAccounts] = [new(2, 11, 15), new(2, 12, 6)],
    };

    /// <summary>Gets every version that introduced a feature.</summary>
    internal static IEnumerable<ServerVersion> Changes => Table.Values.SelectMany(since => since);

    /// <summary>Gets the first version of each release line that got a feature, the oldest line first.</summary>
    /// <param name="feature">The feature.</param>
    internal static ReadOnlySpan<ServerVersion> Since(ServerFeature feature) => Table[feature];
}

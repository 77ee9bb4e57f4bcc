namespace NatsKeys.Server;

/// <summary>What came back for a request.</summary>
/// <param name="Messages">The messages, in the order in which they came.</param>
internal sealed record ServerReplies(IReadOnlyList<byte[]> Messages)
{
    /// <summary>Whether no server listens on the subject.</summary>
    public bool NobodyListens { get; init; }

    /// <summary>The words of the server where it did not let the request through; null where it did.</summary>
    public string? Refusal { get; init; }
}

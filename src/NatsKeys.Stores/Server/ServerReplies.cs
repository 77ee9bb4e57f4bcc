namespace NatsKeys.Server;

/// <summary>The replies to a request.</summary>
/// <param name="Messages">The messages, in the order in which they arrived.</param>
internal sealed record ServerReplies(IReadOnlyList<byte[]> Messages)
{
    /// <summary>Whether no server listens on the subject.</summary>
    public bool NobodyListens { get; init; }

    /// <summary>The error message of the server that refused the request; null for none.</summary>
    public string? Refusal { get; init; }
}

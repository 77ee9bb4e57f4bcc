using NatsKeys.Signing;

namespace NatsKeys.Editing;

/// <summary>A request for an activation.</summary>
/// <param name="Subject">The subject that may be imported; an export of the account must cover it.</param>
/// <param name="TargetAccount">The public key of the account that may import it.</param>
internal sealed record ActivationRequest(string Subject, string TargetAccount)
{
    /// <summary><c>stream</c> or <c>service</c>; required only if the account exports the subject as both.</summary>
    public string? Type { get; init; }

    /// <summary>When it expires; null if it never expires.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it becomes valid; null if it has no such time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The key of the exporting account that signs it.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;
}

namespace NatsKeys.Claims;

/// <summary>A list entry that is written either as a text or as an object.</summary>
internal interface IPlainForm
{
    /// <summary>The text; null if the entry is an object.</summary>
    string? Plain { get; set; }
}

namespace NatsKeys.Claims;

/// <summary>An entry of a list that is written either as a bare text or as an object.</summary>
internal interface IPlainForm
{
    /// <summary>The bare text; null when the entry is an object.</summary>
    string? Plain { get; set; }
}

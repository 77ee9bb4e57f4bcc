namespace NatsKeys.Store;

/// <summary>Informs the user about something that happened during work on a store.</summary>
/// <param name="Message">What happened, as readable text.</param>
/// <param name="Remedy">What the user can do about it; null if the message says it.</param>
internal sealed record StoreNotice(string Message, Remedy? Remedy = null)
{
    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

namespace NatsKeys.Store;

/// <summary>What people should know of the work on a store.</summary>
/// <param name="Message">What happened, for people.</param>
/// <param name="Remedy">What they can do about it; null if the message says it.</param>
internal sealed record StoreNotice(string Message, Remedy? Remedy = null)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

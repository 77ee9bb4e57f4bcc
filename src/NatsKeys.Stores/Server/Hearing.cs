namespace NatsKeys.Server;

/// <summary>A request that waits for answers. The server names its subject, or the inboxes, where it does not let it through.</summary>
/// <param name="subject">What the server's words have then, with the quote in front.</param>
/// <param name="inboxes">What the inboxes of the user begin with.</param>
/// <param name="ended">Is told when nobody waits any more.</param>
internal sealed class Hearing(string subject, string inboxes, Action<Hearing> ended) : IDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>The words of the server; null as long as it lets everything through.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Says that the server does not let it through.</summary>
    public CancellationToken Token => stop.Token;

    public void Hear(string error)
    {
        if (!error.Contains(subject, StringComparison.Ordinal) && !error.Contains(inboxes, StringComparison.Ordinal))
        {
            return;
        }

        Refusal = error;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has its answers by now.
        }
    }

    public void Dispose()
    {
        ended(this);
        stop.Dispose();
    }
}

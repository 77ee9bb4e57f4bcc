namespace NatsKeys.Server;

/// <summary>Detects that the server refuses a request or a subscription: its error then names the subject or the inbox.</summary>
/// <param name="subjects">The beginnings of the subjects in the server's error, with the quote before them.</param>
/// <param name="inboxes">The prefix of the inboxes of the user.</param>
/// <param name="ended">Is called when the watch is disposed.</param>
internal sealed class RefusalWatch(IReadOnlyList<string> subjects, string inboxes, Action<RefusalWatch> ended) : IDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>The error of the server; null if it refused nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Is canceled when the server refuses.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Inspects an error of the server.</summary>
    public void Inspect(string error)
    {
        if (!subjects.Any(subject => error.Contains(subject, StringComparison.Ordinal)) && !error.Contains(inboxes, StringComparison.Ordinal))
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
            // The answers arrived first, and the watch is already disposed.
        }
    }

    public void Dispose()
    {
        ended(this);
        stop.Dispose();
    }
}

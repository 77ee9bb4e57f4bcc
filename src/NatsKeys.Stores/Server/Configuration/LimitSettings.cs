namespace NatsKeys.Server;

/// <summary>Limits of a server for all of its accounts. Null means the server's default.</summary>
internal sealed record LimitSettings
{
    private const long Unlimited = -1;
    private const long DefaultPending = 64L * 1024 * 1024;

    /// <summary>The maximum number of clients; -1 for no limit.</summary>
    public long? MaxConnections { get; init; }

    /// <summary>The maximum number of subscriptions of one client; -1 for no limit.</summary>
    public long? MaxSubscriptions { get; init; }

    /// <summary>The maximum size of a message, in bytes.</summary>
    public long? MaxPayload { get; init; }

    /// <summary>The maximum size of a protocol line, in bytes. The token of a user must fit into one.</summary>
    public long? MaxControlLine { get; init; }

    /// <summary>The maximum number of bytes that the server buffers for a slow client.</summary>
    public long? MaxPending { get; init; }

    /// <summary>Refuses limits with which a server would not start.</summary>
    internal void Check()
    {
        RequireRange("number of connections", MaxConnections, int.MaxValue, takesUnlimited: true);
        RequireRange("number of subscriptions", MaxSubscriptions, int.MaxValue, takesUnlimited: true);
        RequireRange("message size", MaxPayload, int.MaxValue, takesUnlimited: false);
        RequireRange("control line size", MaxControlLine, int.MaxValue, takesUnlimited: false);
        RequireRange("pending size", MaxPending, long.MaxValue, takesUnlimited: false);
        if (MaxPayload > (MaxPending ?? DefaultPending))
        {
            throw ConfigWriter.Refused(
                $"The message size ({MaxPayload} bytes) cannot be larger than the pending size ({MaxPending ?? DefaultPending} bytes).");
        }
    }

    /// <summary>Writes the limits.</summary>
    internal void Write(ConfigWriter text)
    {
        text.Member("max_connections", MaxConnections);
        text.Member("max_subscriptions", MaxSubscriptions);
        text.Member("max_payload", MaxPayload);
        text.Member("max_control_line", MaxControlLine);
        text.Member("max_pending", MaxPending);
    }

    private static void RequireRange(string what, long? value, long most, bool takesUnlimited)
    {
        if (value is { } given && (given < 1 || given > most) && !(takesUnlimited && given == Unlimited))
        {
            string text = given == Unlimited ? "Unlimited" : $"{given}";
            throw ConfigWriter.Refused(
                $"The {what} {text} is not valid for a server. It must be from 1 to {most}{(takesUnlimited ? ", or unlimited" : "")}.");
        }
    }
}

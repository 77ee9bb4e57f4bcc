namespace NatsKeys.Server;

/// <summary>What a server limits for all of its accounts. What is not set is the server's own choice.</summary>
internal sealed record LimitSettings
{
    private const long Unlimited = -1;
    private const long DefaultPending = 64L * 1024 * 1024;

    /// <summary>The number of clients; -1 for any.</summary>
    public long? MaxConnections { get; init; }

    /// <summary>The number of subscriptions of one client; -1 for any.</summary>
    public long? MaxSubscriptions { get; init; }

    /// <summary>The size of a message, in bytes.</summary>
    public long? MaxPayload { get; init; }

    /// <summary>The size of a line of the protocol, in bytes. The token of a user must fit into one.</summary>
    public long? MaxControlLine { get; init; }

    /// <summary>How much the server keeps for a client that does not read, in bytes.</summary>
    public long? MaxPending { get; init; }

    /// <summary>Refuses what a server does not start with.</summary>
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
                $"The largest message ({MaxPayload} bytes) cannot be larger than what a server keeps for a client "
                    + $"({MaxPending ?? DefaultPending} bytes).");
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
            throw ConfigWriter.Refused(
                $"The {what} {given} is not valid for a server. It must be from 1 to {most}{(takesUnlimited ? ", or unlimited" : "")}.");
        }
    }
}

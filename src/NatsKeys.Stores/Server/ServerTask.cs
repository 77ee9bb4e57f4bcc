namespace NatsKeys.Server;

/// <summary>What is done with the accounts or the clients of servers.</summary>
internal enum ServerTask
{
    /// <summary>See what servers have.</summary>
    Read,

    /// <summary>Give accounts to servers.</summary>
    Publish,

    /// <summary>Take accounts from servers.</summary>
    Delete,

    /// <summary>See who is connected, and end connections.</summary>
    Clients,

    /// <summary>Give accounts to servers, and end connections that should not be there then.</summary>
    PublishAndDisconnect,

    /// <summary>Hear of those that connect, leave and are refused.</summary>
    Watch,

    /// <summary>See what clients subscribe to, and hear what they ask of JetStream.</summary>
    Measure,
}

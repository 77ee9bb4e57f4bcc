namespace NatsKeys.Server;

/// <summary>A task with the accounts or clients of servers.</summary>
internal enum ServerTask
{
    /// <summary>Reads accounts from servers.</summary>
    Read,

    /// <summary>Publishes accounts to servers.</summary>
    Publish,

    /// <summary>Deletes accounts from servers.</summary>
    Delete,

    /// <summary>Lists clients, and ends connections.</summary>
    Clients,

    /// <summary>Publishes accounts, and ends connections that are then unwanted.</summary>
    PublishAndDisconnect,

    /// <summary>Receives events of clients that connect, disconnect or are refused.</summary>
    Watch,

    /// <summary>Lists the subscriptions of clients, and receives advisories of their JetStream requests.</summary>
    Measure,
}

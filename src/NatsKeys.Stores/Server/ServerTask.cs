namespace NatsKeys.Server;

/// <summary>What is done with the accounts of servers.</summary>
internal enum ServerTask
{
    /// <summary>See what servers have.</summary>
    Read,

    /// <summary>Give accounts to servers.</summary>
    Publish,

    /// <summary>Take accounts from servers.</summary>
    Delete,
}

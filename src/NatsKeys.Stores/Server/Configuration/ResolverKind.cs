namespace NatsKeys.Server;

/// <summary>How a server finds accounts.</summary>
public enum ResolverKind : long
{
    /// <summary>All accounts stand in the configuration.</summary>
    Memory,

    /// <summary>The server keeps every account in a folder, and exchanges what is new with the other servers of its cluster.</summary>
    Full,

    /// <summary>The server keeps the accounts in use in a folder, and asks others for the rest.</summary>
    Cache,
}

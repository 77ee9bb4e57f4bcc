namespace NatsKeys.Server;

/// <summary>How a server finds accounts.</summary>
public enum ResolverKind : long
{
    /// <summary>The server has all accounts in its configuration.</summary>
    Memory,

    /// <summary>The server stores all accounts in a folder, and exchanges new ones with the other servers of its cluster.</summary>
    Full,

    /// <summary>The server stores the accounts in use in a folder, and requests others when they are needed.</summary>
    Cache,
}

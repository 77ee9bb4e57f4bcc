namespace NatsKeys.Server;

/// <summary>What servers of some versions do, and older ones do not.</summary>
internal enum ServerFeature
{
    /// <summary>A service decides who is let in.</summary>
    AuthCallout,

    /// <summary>A user learns its permissions from the server.</summary>
    UserInfo,

    /// <summary>A connection is cut on request of the system account.</summary>
    Kick,

    /// <summary>A lookup of an account that a server does not have is answered, by an empty message.</summary>
    EmptyLookup,

    /// <summary>A resolver removes the file of a deleted account, where older ones know only of renaming it.</summary>
    HardDelete,

    /// <summary>A configuration has a list of operator tokens, which older ones cannot read.</summary>
    OperatorList,

    /// <summary>The way of a message is told to a subject that the account names.</summary>
    MessageTracing,

    /// <summary>A client without a token is taken for the user that the configuration names.</summary>
    DefaultSentinel,

    /// <summary>Proxies are trusted by their keys, and users may be required to come through one.</summary>
    TrustedProxies,
}

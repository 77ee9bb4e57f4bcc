namespace NatsKeys.Bucket;

/// <summary>What follows a change in the key root of the machine that made it.</summary>
internal enum LocalAction
{
    /// <summary>The credentials of a user get its new token.</summary>
    Renew,

    /// <summary>The credentials of an entity are removed.</summary>
    Remove,

    /// <summary>The credentials of an entity go to another place.</summary>
    Move,

    /// <summary>A private key is removed.</summary>
    Forget,
}

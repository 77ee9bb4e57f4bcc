namespace NatsKeys.Bucket;

/// <summary>The action of a step that follows a change, in the key root of the machine that made it.</summary>
internal enum LocalAction
{
    /// <summary>Writes the new token of a user to its credentials.</summary>
    Renew,

    /// <summary>Removes the credentials of an entity.</summary>
    Remove,

    /// <summary>Moves the credentials of an entity.</summary>
    Move,

    /// <summary>Removes a private key.</summary>
    Forget,
}

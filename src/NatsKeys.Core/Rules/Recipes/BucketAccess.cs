namespace NatsKeys.Rules;

/// <summary>The ways in which a client uses a bucket.</summary>
public enum BucketAccess : long
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It writes and deletes.</summary>
    Write,
}

namespace NatsKeys.Rules;

/// <summary>What a client does with a bucket.</summary>
public enum BucketAccess : long
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It writes and deletes.</summary>
    Write,
}

namespace NatsKeys.Store;

/// <summary>
/// What a property of a limit is where there is none. A limit that there is, is a number. Unlimited is the greatest of them, so that lists of limits
/// sort and compare by what they mean; tokens have -1 for it.
/// </summary>
#pragma warning disable CA1008 // A limit of zero is a number.
public enum NatsLimit : long
#pragma warning restore CA1008
{
    /// <summary>No limit.</summary>
    Unlimited = long.MaxValue,
}

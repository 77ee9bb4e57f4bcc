namespace NatsKeys.Store;

/// <summary>
/// The value of a limit property if there is no limit; otherwise the property is a number. Unlimited is the greatest number, so that limits sort and
/// compare by what they mean; tokens have -1 for it.
/// </summary>
#pragma warning disable CA1008 // A limit of zero is a number.
public enum NatsLimit : long
#pragma warning restore CA1008
{
    /// <summary>No limit.</summary>
    Unlimited = long.MaxValue,
}

namespace NatsKeys.Store;

/// <summary>Why a store is the one that is used.</summary>
public enum StoreOrigin : long
{
    /// <summary>It was named, or made.</summary>
    Parameter,

    /// <summary>The environment variable <c>NATSKEYS_STORE</c> names it.</summary>
    Variable,

    /// <summary>Nothing names a store, so it is the one in the user's data folder.</summary>
    Default,
}

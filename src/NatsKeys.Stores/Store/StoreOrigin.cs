namespace NatsKeys.Store;

/// <summary>The reasons for which a store was chosen.</summary>
public enum StoreOrigin : long
{
    /// <summary>The caller specified or created it.</summary>
    Parameter,

    /// <summary>The environment variable <c>NATSKEYS_STORE</c> names it.</summary>
    Variable,

    /// <summary>No store was specified, so it is the one in the user's data folder.</summary>
    Default,
}

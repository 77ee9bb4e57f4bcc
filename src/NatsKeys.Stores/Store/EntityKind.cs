namespace NatsKeys.Store;

/// <summary>What an entity is.</summary>
public enum EntityKind : long
{
    /// <summary>An operator.</summary>
    Operator,

    /// <summary>An account of an operator.</summary>
    Account,

    /// <summary>A user of an account.</summary>
    User,
}

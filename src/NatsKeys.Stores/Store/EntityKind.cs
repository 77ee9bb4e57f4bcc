namespace NatsKeys.Store;

/// <summary>The kinds of entities.</summary>
public enum EntityKind : long
{
    /// <summary>An operator.</summary>
    Operator,

    /// <summary>An account of an operator.</summary>
    Account,

    /// <summary>A user of an account.</summary>
    User,
}

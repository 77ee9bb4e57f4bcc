namespace NatsKeys.Inspection;

/// <summary>The kind of a holder of access.</summary>
public enum AccessHolderKind : long
{
    /// <summary>A user.</summary>
    User,

    /// <summary>Any user of a role, whether or not one exists.</summary>
    Role,

    /// <summary>A user without permissions, who gets the account's default permissions.</summary>
    Default,
}

namespace NatsKeys.Inspection;

/// <summary>Who has access.</summary>
public enum AccessHolderKind : long
{
    /// <summary>A user.</summary>
    User,

    /// <summary>Some user of a role, be there one yet or not.</summary>
    Role,

    /// <summary>A user without permissions, for whom the account's default permissions hold.</summary>
    Default,
}

using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Whether a server lets a client in, with what permissions, and if not why.</summary>
public sealed record ConnectDecision
{
    /// <summary>Whether the client is let in.</summary>
    public bool IsAllowed => Refusal is null;

    /// <summary>Why it is not let in; null when it is.</summary>
    public Finding? Refusal { get; init; }

    /// <summary>What it may do, with templates expanded and default permissions applied; null when it is not let in.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>Where the permissions come from; null when it is not let in.</summary>
    public PermissionSource? Source { get; init; }

    /// <summary>The role of the scoped signing key, when there is one.</summary>
    public string? Role { get; init; }
}

/// <summary>Where permissions come from.</summary>
public enum PermissionSource : long
{
    /// <summary>The user's own token.</summary>
    User,

    /// <summary>The template of a scoped signing key.</summary>
    Template,

    /// <summary>The default permissions of the account.</summary>
    AccountDefault,

    /// <summary>Nothing restricts the user.</summary>
    Unrestricted,
}

using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Represents a server's decision about a connecting client: its permissions, or the reason why it is refused.</summary>
public sealed record ConnectDecision
{
    /// <summary>Whether the client may connect.</summary>
    public bool IsAllowed => Refusal is null;

    /// <summary>The reason why the client is refused; null if it may connect.</summary>
    public Finding? Refusal { get; init; }

    /// <summary>The permissions, with templates expanded and default permissions applied; null if the client is refused.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>The source of the permissions; null if the client is refused.</summary>
    public PermissionSource? Source { get; init; }

    /// <summary>The role of the scoped signing key; null if there is none.</summary>
    public string? Role { get; init; }
}

/// <summary>The sources of permissions.</summary>
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

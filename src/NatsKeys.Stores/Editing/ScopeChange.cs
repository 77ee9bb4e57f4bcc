using NatsKeys.Claims;

namespace NatsKeys.Editing;

/// <summary>What shall change of a signing key's scope. Null leaves a part as it is.</summary>
public sealed record ScopeChange
{
    /// <summary>The role's name. A plain key becomes a scoped one.</summary>
    public string? Role { get; init; }

    /// <summary>The description; empty for none.</summary>
    public string? Description { get; init; }

    /// <summary>Changes the template.</summary>
    public Action<UserPermissions>? Template { get; init; }
}

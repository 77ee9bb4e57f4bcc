using NatsKeys.Claims;

namespace NatsKeys.Editing;

/// <summary>The scope of a new signing key: a role, and what the users that the key signs may do.</summary>
/// <param name="Role">The role's name, by which the key can be asked for.</param>
/// <param name="Template">What users may do; placeholders such as <c>{{name()}}</c> are expanded for each of them by servers.</param>
/// <param name="Description">A description for people.</param>
public sealed record NewScope(string Role, UserPermissions Template, string? Description = null);

namespace NatsKeys.Rules;

/// <summary>Whether a subject is allowed, and what decided.</summary>
/// <param name="IsAllowed">Whether it is allowed.</param>
/// <param name="Rule">
/// The list that decided: <c>pub.allow</c>, <c>pub.deny</c>, <c>sub.allow</c>, <c>sub.deny</c>, <c>resp</c>, or <c>subject</c> for what is none.
/// </param>
/// <param name="Message">The entry that decided, for people.</param>
public sealed record PermissionVerdict(bool IsAllowed, string Rule, string Message)
{
    /// <summary>Whether it is allowed, and why.</summary>
    public override string ToString() => TextSanitizer.Clean($"{(IsAllowed ? "Allowed" : "Denied")}: {Message} ({Rule})");
}

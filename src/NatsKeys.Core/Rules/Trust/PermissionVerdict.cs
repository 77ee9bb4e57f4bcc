namespace NatsKeys.Rules;

/// <summary>Represents the decision whether a subject is allowed, and why.</summary>
/// <param name="IsAllowed">Whether it is allowed.</param>
/// <param name="Rule">
/// The list that decided: <c>pub.allow</c>, <c>pub.deny</c>, <c>sub.allow</c>, <c>sub.deny</c>, <c>resp</c>, <c>queue</c>, or <c>subject</c> if the
/// subject is not valid.
/// </param>
/// <param name="Message">The entry that decided, as readable text.</param>
public sealed record PermissionVerdict(bool IsAllowed, string Rule, string Message)
{
    /// <summary>Returns whether it is allowed, and why.</summary>
    public override string ToString() => TextSanitizer.Clean($"{(IsAllowed ? "Allowed" : "Denied")}: {Message} ({Rule})");
}

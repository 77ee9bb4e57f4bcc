using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The kind of a change of access between two stores.</summary>
public enum AccessChangeKind : long
{
    /// <summary>The entity may do something that it could not do before.</summary>
    Granted,

    /// <summary>The entity may no longer do something.</summary>
    Taken,

    /// <summary>Something that affects access differs. It is not determined whether it allows more or less.</summary>
    Changed,
}

/// <summary>A difference between two stores that affects access.</summary>
public sealed class AccessChange
{
    private readonly NatsStore store;

    internal AccessChange(NatsEntity entity) => (Path, store) = (entity.Path, entity.Store);

    /// <summary>Whether access is granted, taken or changed.</summary>
    public required AccessChangeKind Change { get; init; }

    /// <summary>The entity as text: <c>user O2/A/U</c>.</summary>
    public string Entity => Path.ToString();

    /// <summary>The name of the operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>The name of the account; null for claims of the operator.</summary>
    public string? Account => Path.Account;

    /// <summary>The name of the user; null if the change is not about a user.</summary>
    public string? User => Path.User;

    /// <summary>The role; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// What changed: <c>publish</c>, <c>subscribe</c>, <c>default publish</c>, <c>default subscribe</c>, or the claim, such as <c>exports</c> or
    /// <c>limits.conn</c>.
    /// </summary>
    public required string Aspect { get; init; }

    /// <summary>The subjects that are granted or taken; empty for a claim.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = new PrintableList<string>([]);

    /// <summary>The message that describes the difference.</summary>
    public required string Message { get; init; }

    /// <summary>The number of users in the later store who have the changed role or default permissions; 0 for other changes.</summary>
    public int Users { get; init; }

    internal EntityPath Path { get; }

    internal string Claim { get; init; } = "";

    /// <summary>The change as a finding for a report.</summary>
    internal StoreFinding ToFinding() => StoreFinding.Of(Path, RuleOf(Change), Claim, $"The {Entity}: {Message}.").In(store);

    /// <summary>The difference in one line.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Change}: {Entity}: {SecretShape.Mask(Message)}");

    private static ValidationRule RuleOf(AccessChangeKind change) => change switch
    {
        AccessChangeKind.Granted => AccessRules.Granted,
        AccessChangeKind.Taken => AccessRules.Taken,
        _ => AccessRules.Changed,
    };
}

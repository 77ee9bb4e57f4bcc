using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>How access differs between two stores.</summary>
public enum AccessChangeKind : long
{
    /// <summary>Somebody may do what nobody of that name might.</summary>
    Granted,

    /// <summary>Somebody may no longer do something.</summary>
    Taken,

    /// <summary>Something that bears on access is another one. Whether it lets more be done is not decided here.</summary>
    Changed,
}

/// <summary>Something that differs between two stores, as far as it bears on who can do what.</summary>
public sealed class AccessChange
{
    private readonly NatsStore store;

    internal AccessChange(NatsEntity entity) => (Path, store) = (entity.Path, entity.Store);

    /// <summary>Whether something is granted, taken, or changed.</summary>
    public required AccessChangeKind Change { get; init; }

    /// <summary>The entity, for people: <c>user O2/A/U</c>.</summary>
    public string Entity => Path.ToString();

    /// <summary>The name of the operator.</summary>
    public string Operator => Path.Operator;

    /// <summary>The name of the account; null for what the operator states.</summary>
    public string? Account => Path.Account;

    /// <summary>The name of the user; null for what is not about one.</summary>
    public string? User => Path.User;

    /// <summary>The role; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// What it is about: <c>publish</c>, <c>subscribe</c>, <c>default publish</c>, <c>default subscribe</c>, or the claim, such as <c>exports</c> or
    /// <c>limits.conn</c>.
    /// </summary>
    public required string Aspect { get; init; }

    /// <summary>The subjects that are granted or taken; empty for a claim.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = new PrintableList<string>([]);

    /// <summary>What is different, for people.</summary>
    public required string Message { get; init; }

    /// <summary>How many users of the role or the default it touches, of the later store; 0 for everything else.</summary>
    public int Users { get; init; }

    internal EntityPath Path { get; }

    internal string Claim { get; init; } = "";

    /// <summary>The change as a finding, for a report.</summary>
    internal StoreFinding ToFinding() => StoreFinding.Of(Path, RuleOf(Change), Claim, $"The {Entity}: {Message}.").In(store);

    /// <summary>What is different, in one line.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Change}: {Entity}: {SecretShape.Mask(Message)}");

    private static ValidationRule RuleOf(AccessChangeKind change) => change switch
    {
        AccessChangeKind.Granted => AccessRules.Granted,
        AccessChangeKind.Taken => AccessRules.Taken,
        _ => AccessRules.Changed,
    };
}

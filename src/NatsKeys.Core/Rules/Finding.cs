namespace NatsKeys.Rules;

/// <summary>How much a finding matters, from the most to the least.</summary>
public enum FindingSeverity : long
{
    /// <summary>Servers refuse it.</summary>
    Error,

    /// <summary>It is not valid at this time.</summary>
    Time,

    /// <summary>It works, but deserves a look.</summary>
    Warning,

    /// <summary>It works as it is meant, and could be safer.</summary>
    Advice,
}

/// <summary>Something that a check found.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Claim">The claim that it is about.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record Finding(string Rule, FindingSeverity Severity, string Claim, string Message)
{
    /// <summary>How much it matters, what is wrong, and the name of the rule.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Severity}: {Message} ({Rule})");
}

namespace NatsKeys.Rules;

/// <summary>The severities of findings, from the highest to the lowest.</summary>
public enum FindingSeverity : long
{
    /// <summary>Servers reject it.</summary>
    Error,

    /// <summary>It is not valid at this time.</summary>
    Time,

    /// <summary>It works, but should be reviewed.</summary>
    Warning,

    /// <summary>It works as intended, but could be safer.</summary>
    Advice,
}

/// <summary>Represents the result of a check.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Claim">The claim that it concerns.</param>
/// <param name="Message">The problem, as readable text.</param>
public sealed record Finding(string Rule, FindingSeverity Severity, string Claim, string Message)
{
    /// <summary>Returns the severity, the problem and the name of the rule.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Severity}: {Message} ({Rule})");
}

namespace NatsKeys.Rules;

/// <summary>A route between the users of an account and the requested subjects.</summary>
/// <param name="Account">The account of the users.</param>
/// <param name="Subjects">
/// The subjects on the users' side that lead to the requested ones, or are reached from them. Permissions apply to these: for a mapped subject,
/// servers check whether the target is allowed, not the source.
/// </param>
/// <param name="Steps">The steps of the route, starting from the users.</param>
/// <param name="ToAsked">Converts subjects on the users' side to the requested subjects that belong to them.</param>
internal sealed record AccessRoute(AccountNode Account, SubjectSet Subjects, IReadOnlyList<AccessStep> Steps, Func<SubjectSet, SubjectSet> ToAsked)
{
    /// <summary>The mapping of the users' own account that turns what they publish into the subjects; null for none.</summary>
    public SubjectMap? Mapping { get; init; }

    /// <summary>Whether every subject is certain to take this route: it includes no mapping function and no cycle of imports.</summary>
    public bool IsCertain { get; init; } = true;
}

/// <summary>A step of a route.</summary>
/// <param name="Kind">The kind of step.</param>
/// <param name="Account">The account that has it.</param>
/// <param name="Subject">Its subject; for a mapping, with its target.</param>
internal sealed record AccessStep(AccessStepKind Kind, AccountNode Account, string Subject);

/// <summary>The kinds of steps of a route.</summary>
internal enum AccessStepKind
{
    /// <summary>An import, with the subject in the importing account.</summary>
    Import,

    /// <summary>The export of another account that an import uses.</summary>
    Export,

    /// <summary>A mapping.</summary>
    Mapping,
}

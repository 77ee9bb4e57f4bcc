namespace NatsKeys.Rules;

/// <summary>A way between the users of an account and the subjects that are asked for.</summary>
/// <param name="Account">The account of the users.</param>
/// <param name="Subjects">
/// The subjects on the users' side that reach those that are asked for, or are reached by them. Permissions hold for these: of what an account maps,
/// servers ask whether the target is allowed, not the source.
/// </param>
/// <param name="Steps">What lies between, from the users on.</param>
/// <param name="ToAsked">Which of the subjects that are asked for belong to some of the users' side.</param>
internal sealed record AccessRoute(AccountNode Account, SubjectSet Subjects, IReadOnlyList<AccessStep> Steps, Func<SubjectSet, SubjectSet> ToAsked)
{
    /// <summary>The mapping of the users' own account, by which what they publish becomes one of the subjects; null for none.</summary>
    public SubjectMap? Mapping { get; init; }

    /// <summary>Whether every subject surely goes this way: no function of a mapping and no cycle of imports lies in it.</summary>
    public bool IsCertain { get; init; } = true;
}

/// <summary>Something that messages go through.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Account">The account that has it.</param>
/// <param name="Subject">Its subject; of a mapping with its target.</param>
internal sealed record AccessStep(AccessStepKind Kind, AccountNode Account, string Subject);

/// <summary>What messages go through.</summary>
internal enum AccessStepKind
{
    /// <summary>An import, with the subject of its account.</summary>
    Import,

    /// <summary>What another account exports of it.</summary>
    Export,

    /// <summary>A mapping.</summary>
    Mapping,
}

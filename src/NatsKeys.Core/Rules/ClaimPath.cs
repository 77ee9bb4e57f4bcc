namespace NatsKeys.Rules;

/// <summary>The place of a claim, for findings: <c>exports[2].subject</c>. Its text is made only for a finding.</summary>
internal readonly record struct ClaimPath(string List, int Index = -1, string? Member = null)
{
    public static implicit operator ClaimPath(string claim) => new(claim);

    /// <summary>A member of the object at this place.</summary>
    public ClaimPath Of(string member) => this with { Member = Member is null ? member : $"{Member}.{member}" };

    public override string ToString() => (Index, Member) switch
    {
        ( >= 0, null) => $"{List}[{Index}]",
        ( >= 0, _) => $"{List}[{Index}].{Member}",
        (_, null) => List,
        _ => $"{List}.{Member}",
    };
}

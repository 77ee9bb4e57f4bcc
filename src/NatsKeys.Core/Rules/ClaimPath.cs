namespace NatsKeys.Rules;

/// <summary>The place of a claim, for findings: <c>exports[2].subject</c>. The text is only built for an actual finding.</summary>
internal readonly record struct ClaimPath(string List, int Index = -1, string? Member = null)
{
    public static implicit operator ClaimPath(string claim) => new(claim);

    /// <summary>Returns the place of a member of the object at this place.</summary>
    public ClaimPath Of(string member) => this with { Member = Member is null ? member : $"{Member}.{member}" };

    public override string ToString() => (Index, Member) switch
    {
        ( >= 0, null) => $"{List}[{Index}]",
        ( >= 0, _) => $"{List}[{Index}].{Member}",
        (_, null) => List,
        _ => $"{List}.{Member}",
    };
}

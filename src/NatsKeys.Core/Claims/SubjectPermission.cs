namespace NatsKeys.Claims;

/// <summary>The allowed and denied subjects for one direction.</summary>
public sealed class SubjectPermission : ClaimObject
{
    private ClaimList<string> allow = [];
    private ClaimList<string> deny = [];

    /// <summary>The allowed subjects; if empty, all that are not denied.</summary>
    public ClaimList<string> Allow { get => allow; set => Set(ref allow, value); }

    /// <summary>The denied subjects.</summary>
    public ClaimList<string> Deny { get => deny; set => Set(ref deny, value); }

    internal override void Map(ClaimMap map)
    {
        map.Texts("allow", ref allow);
        map.Texts("deny", ref deny);
    }
}

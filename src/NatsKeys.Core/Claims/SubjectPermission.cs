namespace NatsKeys.Claims;

/// <summary>Subjects that are allowed and denied, in one direction.</summary>
public sealed class SubjectPermission : ClaimObject
{
    /// <summary>Allowed subjects; none means all that are not denied.</summary>
    public List<string> Allow { get; set; } = [];

    /// <summary>Denied subjects.</summary>
    public List<string> Deny { get; set; } = [];

    internal override void Map(ClaimMap map)
    {
        Allow = map.Texts("allow", Allow);
        Deny = map.Texts("deny", Deny);
    }
}

namespace NatsKeys.Claims;

/// <summary>What may be published and subscribed to.</summary>
public class Permissions : ClaimObject
{
    /// <summary>Subjects to publish on.</summary>
    public SubjectPermission Pub { get; set; } = new();

    /// <summary>Subjects to subscribe to; a queue group may follow after one space.</summary>
    public SubjectPermission Sub { get; set; } = new();

    /// <summary>Permission to answer requests; null when there is none.</summary>
    public ResponsePermission? Resp { get; set; }

    internal override void Map(ClaimMap map)
    {
        Pub = map.Object("pub", Pub);
        Sub = map.Object("sub", Sub);
        Resp = map.Optional("resp", Resp);
    }
}

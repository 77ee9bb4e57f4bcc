namespace NatsKeys.Claims;

/// <summary>What may be published and subscribed to.</summary>
public class Permissions : ClaimObject
{
    private SubjectPermission pub = new();
    private SubjectPermission sub = new();
    private ResponsePermission? resp;

    /// <summary>Subjects to publish on.</summary>
    public SubjectPermission Pub { get => pub; set => Set(ref pub, value); }

    /// <summary>Subjects to subscribe to; a queue group may follow after one space.</summary>
    public SubjectPermission Sub { get => sub; set => Set(ref sub, value); }

    /// <summary>Permission to answer requests; null when there is none.</summary>
    public ResponsePermission? Resp { get => resp; set => Set(ref resp, value); }

    internal override void Map(ClaimMap map)
    {
        map.Object("pub", ref pub);
        map.Object("sub", ref sub);
        map.Optional("resp", ref resp);
    }
}

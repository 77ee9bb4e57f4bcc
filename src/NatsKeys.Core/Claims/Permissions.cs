namespace NatsKeys.Claims;

/// <summary>Permissions to publish and subscribe.</summary>
public class Permissions : ClaimObject
{
    private SubjectPermission pub = new();
    private SubjectPermission sub = new();
    private ResponsePermission? resp;

    /// <summary>The publish permissions.</summary>
    public SubjectPermission Pub { get => pub; set => Set(ref pub, value); }

    /// <summary>The subscribe permissions. A queue group may follow a subject after a space.</summary>
    public SubjectPermission Sub { get => sub; set => Set(ref sub, value); }

    /// <summary>The permission to reply to requests; null for none.</summary>
    public ResponsePermission? Resp { get => resp; set => Set(ref resp, value); }

    internal override void Map(ClaimMap map)
    {
        map.Object("pub", ref pub);
        map.Object("sub", ref sub);
        map.Optional("resp", ref resp);
    }
}

namespace NatsKeys.Claims;

/// <summary>The place of a member in a token. Its text is created only for an error, because tokens may be large and untrusted.</summary>
internal sealed record JsonPlace(JsonPlace? Parent, string Name, int Index = -1)
{
    private const int LongestName = 60;

    public JsonPlace Of(string name, int index = -1) => new(this, name, index);

    public override string ToString()
    {
        string name = Name.Length > LongestName ? Name[..LongestName] + "…" : Name;
        string own = Index < 0 ? name : $"{name}[{Index}]";
        return Parent is null ? own : $"{Parent}.{own}";
    }
}

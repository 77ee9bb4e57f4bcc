using System.Text;
using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>
/// An object of claims. Each type lists its members once, in the order in which they are written. Every reader and writer (JSON, YAML, comparison) is
/// a <see cref="ClaimMap"/> that visits this list. A shared object, such as the claims of an entity, is read-only: its setters and those of its parts
/// throw.
/// </summary>
public abstract class ClaimObject : IClaimPart
{
    private List<KeyValuePair<string, JsonElement>>? unknown;
    private bool isNull;

    /// <summary>Whether it and all its parts are read-only. <see cref="Copy"/> returns a copy that can be changed.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Members that this version does not know. They are kept and written again.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonElement>> Unknown => unknown ?? (IReadOnlyList<KeyValuePair<string, JsonElement>>)[];

    /// <summary>Whether a list in the token has <c>null</c> in place of this object. This is kept, so that validation can report it.</summary>
    internal bool IsNull { get => isNull; set => Set(ref isNull, value); }

    /// <summary>Creates a copy that can be changed. It shares nothing with this object that can change.</summary>
    public ClaimObject Copy()
    {
        ClaimObject copy = CopyTop();
        copy.MapParts(ClaimCopier.Instance);
        return copy;
    }

    /// <summary>The members as JSON, as in the token.</summary>
    public override string ToString()
    {
        var json = new GoJsonWriter();
        json.BeginObject();
        Map(new JsonClaimWriter(json));
        json.EndObject();
        return TextSanitizer.Clean(Encoding.UTF8.GetString(json.Written));
    }

    /// <inheritdoc/>
    object IClaimPart.Copy() => Copy();

    /// <inheritdoc/>
    void IClaimPart.Freeze() => Freeze();

    /// <summary>Makes it and all its parts read-only. Only the creator of the object may call this.</summary>
    internal void Freeze()
    {
        if (!IsReadOnly)
        {
            MapParts(ClaimFreezer.Instance);
            IsReadOnly = true;
        }
    }

    /// <summary>Visits the members: <c>map.Text("member", ref member)</c>.</summary>
    internal abstract void Map(ClaimMap map);

    internal void AddUnknown(string name, JsonElement value)
    {
        ReadOnly.Refuse(IsReadOnly);
        (unknown ??= []).Add(new(name, value));
    }

    internal void ClearUnknown()
    {
        ReadOnly.Refuse(IsReadOnly);
        unknown?.Clear();
    }

    internal void RemoveUnknown(string name) => RemoveUnknown(other => other == name);

    internal void RemoveUnknown(Predicate<string> isUnwanted)
    {
        ReadOnly.Refuse(IsReadOnly);
        unknown?.RemoveAll(member => isUnwanted(member.Key));
    }

    /// <summary>Creates a copy that can be changed, but shares the parts of this object.</summary>
    private protected ClaimObject CopyTop()
    {
        var copy = (ClaimObject)MemberwiseClone();
        copy.IsReadOnly = false;
        copy.unknown = unknown is null ? null : [.. unknown];
        return copy;
    }

    /// <summary>Visits all parts, including those outside of the <c>nats</c> object.</summary>
    private protected virtual void MapParts(ClaimMap map) => Map(map);

    /// <summary>Sets a member.</summary>
    /// <exception cref="InvalidOperationException">The object is read-only.</exception>
    private protected void Set<T>(ref T member, T value)
    {
        ReadOnly.Refuse(IsReadOnly);
        member = value;
    }
}

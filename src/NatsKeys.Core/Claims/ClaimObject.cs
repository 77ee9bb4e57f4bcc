using System.Text;
using System.Text.Json;
using NatsKeys.Json;

namespace NatsKeys.Claims;

/// <summary>
/// An object of claims. Each type lists its members once, in the order in which they are written, and every reader
/// and writer (JSON, YAML, comparison) is a <see cref="ClaimMap"/> that walks that list.
/// </summary>
public abstract class ClaimObject
{
    private List<KeyValuePair<string, JsonElement>>? unknown;

    /// <summary>Members that this version does not know. They are kept and written again.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonElement>> Unknown => unknown ?? (IReadOnlyList<KeyValuePair<string, JsonElement>>)[];

    /// <summary>Whether the token has <c>null</c> in a list where this object should be. It is kept, so that validation can name it.</summary>
    internal bool IsNull { get; set; }

    /// <summary>Its members as JSON, as they stand in the token.</summary>
    public override string ToString()
    {
        var json = new JsonText();
        json.BeginObject();
        Map(new JsonClaimWriter(json));
        json.EndObject();
        return Encoding.UTF8.GetString(json.Written);
    }

    /// <summary>Walks the members: <c>Member = map.Text("member", Member)</c>.</summary>
    internal abstract void Map(ClaimMap map);

    /// <summary>Puts lists into the order in which they are written.</summary>
    internal virtual void Normalize()
    {
    }

    internal void AddUnknown(string name, JsonElement value) => (unknown ??= []).Add(new(name, value));

    internal void ClearUnknown() => unknown?.Clear();

    internal void RemoveUnknown(string name) => RemoveUnknown(other => other == name);

    internal void RemoveUnknown(Predicate<string> isUnwanted) => unknown?.RemoveAll(member => isUnwanted(member.Key));
}

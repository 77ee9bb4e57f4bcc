using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>The claims of a token of any other kind. Its <c>nats</c> object is a free map.</summary>
public sealed class GenericClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Generic;

    /// <summary>The members of the <c>nats</c> object.</summary>
    public IReadOnlyDictionary<string, JsonElement> Data => Unknown.ToDictionary(member => member.Key, member => member.Value);

    /// <summary>Sets the version of the claims as the reference encoder does. A free map has no other member of its own.</summary>
    internal void EnterVersion()
    {
        RemoveUnknown("version");
        AddUnknown("version", JsonSerializer.SerializeToElement(CurrentVersion));
    }

    internal override void Map(ClaimMap map)
    {
        // Here every member is unknown and kept.
    }
}

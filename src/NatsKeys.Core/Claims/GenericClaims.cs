using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>What a token of any other kind states: its <c>nats</c> object is a free map.</summary>
public sealed class GenericClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Generic;

    /// <summary>The members of the <c>nats</c> object.</summary>
    public IReadOnlyDictionary<string, JsonElement> Data => Unknown.ToDictionary(member => member.Key, member => member.Value);

    /// <summary>The encoder of the reference enters the version of the layout, which is all that a free map has of its own.</summary>
    internal void EnterVersion()
    {
        RemoveUnknown("version");
        AddUnknown("version", JsonSerializer.SerializeToElement(CurrentVersion));
    }

    internal override void Map(ClaimMap map)
    {
        // Every member is unknown here, and kept as such.
    }
}

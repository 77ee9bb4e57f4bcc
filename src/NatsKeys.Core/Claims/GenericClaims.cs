using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>What a token of any other kind states: its <c>nats</c> object is a free map.</summary>
public sealed class GenericClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Generic;

    /// <summary>The members of the <c>nats</c> object.</summary>
    public IReadOnlyDictionary<string, JsonElement> Data => Unknown.ToDictionary(member => member.Key, member => member.Value);

    internal override void Map(ClaimMap map)
    {
        // Every member is unknown here, and kept as such.
    }
}

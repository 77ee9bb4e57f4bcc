using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Binding;

/// <summary>Claims: JSON text, a dictionary with the members of a token's payload, an object, or a token.</summary>
public sealed class ClaimsArgument
{
    private readonly Func<ClaimSet> read;

    /// <summary>Creates the argument from JSON text.</summary>
    /// <param name="json">The text.</param>
    public ClaimsArgument(string json) => read = () => ClaimPayload.Parse(json);

    /// <summary>Creates the argument from a dictionary.</summary>
    /// <param name="members">The members.</param>
    public ClaimsArgument(IDictionary members) => read = () => ClaimPayload.Parse(ToJson(members)!.ToJsonString());

    /// <summary>Creates the argument from an object, such as the output of ConvertFrom-Json.</summary>
    /// <param name="members">The object.</param>
    public ClaimsArgument(PSObject members) => read = () => ClaimPayload.Parse(ToJson(members)!.ToJsonString());

    /// <summary>Creates the argument from claims, which are copied.</summary>
    /// <param name="claims">The claims.</param>
    public ClaimsArgument(ClaimSet claims) => read = () => ClaimPayload.Parse(ClaimPayload.Write(claims));

    /// <summary>Creates the argument from the claims of a token.</summary>
    /// <param name="jwt">The token.</param>
    public ClaimsArgument(NatsJwt jwt)
        : this(jwt.Claims)
    {
    }

    /// <summary>Reads the claims.</summary>
    internal ClaimSet Read() => read();

    private static JsonNode? ToJson(object? value) =>
        (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        char character => JsonValue.Create(character.ToString()),
        DateTimeOffset date => JsonValue.Create(date.ToUnixTimeSeconds()),
        DateTime date => JsonValue.Create(new DateTimeOffset(date).ToUnixTimeSeconds()),
        IDictionary map =>
            new JsonObject(
                map.Cast<DictionaryEntry>().Select(
                    entry => KeyValuePair.Create(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, ToJson(entry.Value)))),
        PSObject custom => new JsonObject(custom.Properties.Select(property => KeyValuePair.Create(property.Name, ToJson(property.Value)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
        double or float or decimal => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create(number),
        IConvertible number => JsonValue.Create(number.ToInt64(CultureInfo.InvariantCulture)),
        var other => throw new NatsKeysException(ErrorCode.InvalidClaims, $"A value of type {other.GetType().Name} cannot be part of claims."),
    };
}

using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>
/// Checks what servers require of users of a scoped signing key: that they have no permissions or limits of their own. The text of the token decides,
/// not its meaning: even an empty list counts (validation rules, B.4).
/// </summary>
internal static class ScopeRules
{
    /// <summary>Checks a user's token against the rule.</summary>
    /// <returns>Whether it complies; otherwise there is a finding.</returns>
    public static bool Check(NatsJwt jwt, AccountSigningKey scope, Findings findings)
    {
        if (BringsNothing(jwt))
        {
            return true;
        }

        findings.Add(
            ValidationRules.TrustScope,
            "nats",
            $"'{jwt.Name}' was signed with the scoped key of role '{scope.Role}', but has permissions or limits of its own.");
        return false;
    }

    public static bool BringsNothing(NatsJwt jwt)
    {
        using JsonDocument payload = JwtReader.OpenPayload(jwt);
        return !payload.RootElement.TryGetProperty("nats", out JsonElement nats)
            || nats.ValueKind != JsonValueKind.Object
            || nats.EnumerateObject().All(member => IsEmpty(member.Name, member.Value));
    }

    private static bool IsEmpty(string name, JsonElement value) => value.ValueKind == JsonValueKind.Null || name switch
    {
        "pub" or "sub" => value.EnumerateObject().All(list => list.Value.ValueKind == JsonValueKind.Null),
        "resp" or "src" or "times" or "allowed_connection_types" => false,
        "times_location" => value.GetString()!.Length == 0,
        "subs" or "data" or "payload" => value.GetInt64() == 0,
        "bearer_token" or "proxy_required" => value.ValueKind == JsonValueKind.False,
        _ => true,
    };
}

using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Bases;

/// <summary>Entity files for what there is no cmdlet for: made from a token, so that file and token say the same.</summary>
internal static class EntityFiles
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a token states.</summary>
    internal static JsonObject Payload(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    /// <summary>The entity file that states what the token states: JSON is YAML.</summary>
    internal static string Yaml(string token, string name)
    {
        JsonObject payload = Payload(token);
        JsonObject nats = payload["nats"]!.DeepClone().AsObject();
        var lines = new List<string> { $"kind: {nats["type"]}", $"name: {name}", $"subject: {payload["sub"]}", $"issuer: {payload["iss"]}" };
        Add(lines, "audience", payload["aud"]);
        Add(lines, "tags", nats["tags"]);
        Add(lines, "expires", payload["exp"]);
        Add(lines, "not_before", payload["nbf"]);
        nats.Remove("type");
        nats.Remove("version");
        nats.Remove("tags");
        Add(lines, "claims", nats);
        lines.Add($"jwt: {token}");
        return string.Join('\n', lines) + "\n";
    }

    private static void Add(List<string> lines, string name, JsonNode? value)
    {
        if (value is not null)
        {
            lines.Add($"{name}: {value.ToJsonString(Plain)}");
        }
    }
}

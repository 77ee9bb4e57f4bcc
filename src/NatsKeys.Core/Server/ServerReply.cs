using System.Text.Json;

namespace NatsKeys.Server;

/// <summary>
/// What a server answers in JSON: who it is, and data or an error. Versions of the server tell more or less, so everything is read tolerantly.
/// </summary>
/// <param name="Server">The server.</param>
/// <param name="Content">The whole answer.</param>
internal sealed record ServerReply(ServerInformation Server, JsonElement Content)
{
    /// <summary>What was asked for; undefined where there is an error.</summary>
    public JsonElement Data => Member(Content, "data");

    /// <summary>The server's words about what went wrong; null where nothing did.</summary>
    public string? Error => Member(Content, "error") is { ValueKind: JsonValueKind.Object } error ? Text(error, "description") ?? error.GetRawText() : null;

    /// <summary>Reads an answer; null for one that does not say who answers.</summary>
    public static ServerReply? Read(byte[] message)
    {
        try
        {
            JsonElement content = JsonElement.Parse(message);
            JsonElement server = Member(content, "server");
            return Text(server, "id") is { } id
                ? new ServerReply(new ServerInformation(Text(server, "name") ?? id, id, Text(server, "ver") ?? "") { Cluster = Text(server, "cluster") }, content)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads those answers that say who answers.</summary>
    public static IEnumerable<ServerReply> Read(IEnumerable<byte[]> messages) => messages.Select(Read).OfType<ServerReply>();

    /// <summary>A member of an object; undefined where it is not there.</summary>
    public static JsonElement Member(JsonElement source, string name) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(name, out JsonElement member) ? member : default;

    /// <summary>A member that is a text; null where it is none.</summary>
    public static string? Text(JsonElement source, string name) => Member(source, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member that is a number; 0 where it is none.</summary>
    public static long Number(JsonElement source, string name) =>
        Member(source, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : 0;

    /// <summary>The texts of a member that is a list of them.</summary>
    public static IEnumerable<string> Texts(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
        : [];
}

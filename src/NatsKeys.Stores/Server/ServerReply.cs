using System.Text.Json;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>A server's JSON answer: the server, and its data or an error. Versions report different members, so reading is tolerant.</summary>
/// <param name="Server">The server.</param>
/// <param name="Content">The whole answer.</param>
internal sealed record ServerReply(ServerInformation Server, JsonElement Content)
{
    // A limit for messages, so that they stay readable. No message of nats-server is longer.
    private const int MaximumLength = 500;
    private const int LongestName = 100;

    /// <summary>The requested data; undefined if there is an error.</summary>
    public JsonElement Data => Member(Content, "data");

    /// <summary>The server's error message; null for none.</summary>
    public string? Error =>
        Member(Content, "error") is { ValueKind: JsonValueKind.Object } error
            ? Cut(Text(error, "description") ?? error.GetRawText(), MaximumLength)
            : null;

    /// <summary>The server's message about what it did; null for none.</summary>
    public string? Message => Text(Data, "message") is { } message ? Cut(message, MaximumLength) : null;

    /// <summary>Reads an answer; null if it does not name the server.</summary>
    public static ServerReply? Read(byte[] message)
    {
        try
        {
            JsonElement content = JsonElement.Parse(message);
            JsonElement server = Member(content, "server");
            return Text(server, "id") is { } id
                ? new ServerReply(InformationOf(id, Text(server, "name"), Text(server, "ver"), Text(server, "cluster")), content)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the answers that name their servers.</summary>
    public static IEnumerable<ServerReply> Read(IEnumerable<byte[]> messages) => messages.Select(Read).OfType<ServerReply>();

    /// <summary>Creates a server from what it reports about itself, with its texts limited in length.</summary>
    public static ServerInformation InformationOf(string? id, string? name, string? version, string? cluster) =>
        new(
            Cut(name ?? id ?? "", LongestName),
            Cut(id ?? "", LongestName),
            Cut(version ?? "", LongestName)) { Cluster = cluster is null ? null : Cut(cluster, LongestName) };

    /// <summary>Limits the length of a server's message.</summary>
    public static string CutMessage(string message) => Cut(message, MaximumLength);

    /// <summary>A member of an object; undefined if it does not exist.</summary>
    public static JsonElement Member(JsonElement source, string name) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(name, out JsonElement member) ? member : default;

    /// <summary>A text member; null if it is not a text.</summary>
    public static string? Text(JsonElement source, string name) =>
        Member(source, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A number member; 0 if it is not a number.</summary>
    public static long Number(JsonElement source, string name) =>
        Member(source, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : 0;

    /// <summary>The items of a list; empty if it is not a list.</summary>
    public static IReadOnlyList<JsonElement> Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <summary>The texts in a list.</summary>
    public static IEnumerable<string> Texts(JsonElement list) =>
        Items(list).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static string Cut(string text, int longest) => text.Length > longest ? text[..longest] + "…" : text;
}

using System.Text.Json;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>
/// What a server answers in JSON: who it is, and data or an error. Versions of the server tell more or less, so everything is read tolerantly.
/// </summary>
/// <param name="Server">The server.</param>
/// <param name="Content">The whole answer.</param>
internal sealed record ServerReply(ServerInformation Server, JsonElement Content)
{
    // More is not to be read by anybody, and no server of NATS says more.
    private const int LongestWords = 500;
    private const int LongestName = 100;

    /// <summary>What was asked for; undefined where there is an error.</summary>
    public JsonElement Data => Member(Content, "data");

    /// <summary>The server's words about what went wrong; null where nothing did.</summary>
    public string? Error =>
        Member(Content, "error") is { ValueKind: JsonValueKind.Object } error
            ? Cut(Text(error, "description") ?? error.GetRawText(), LongestWords)
            : null;

    /// <summary>The server's words about what it did; null where it has none.</summary>
    public string? Words => Text(Data, "message") is { } words ? Cut(words, LongestWords) : null;

    /// <summary>Reads an answer; null for one that does not say who answers.</summary>
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

    /// <summary>Reads those answers that say who answers.</summary>
    public static IEnumerable<ServerReply> Read(IEnumerable<byte[]> messages) => messages.Select(Read).OfType<ServerReply>();

    /// <summary>A server as it tells of itself, in no more words than people read.</summary>
    public static ServerInformation InformationOf(string? id, string? name, string? version, string? cluster) =>
        new(
            Cut(name ?? id ?? "", LongestName),
            Cut(id ?? "", LongestName),
            Cut(version ?? "", LongestName)) { Cluster = cluster is null ? null : Cut(cluster, LongestName) };

    /// <summary>Words of a server, cut where they are too many.</summary>
    public static string CutWords(string words) => Cut(words, LongestWords);

    /// <summary>A member of an object; undefined where it is not there.</summary>
    public static JsonElement Member(JsonElement source, string name) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(name, out JsonElement member) ? member : default;

    /// <summary>A member that is a text; null where it is none.</summary>
    public static string? Text(JsonElement source, string name) =>
        Member(source, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member that is a number; 0 where it is none.</summary>
    public static long Number(JsonElement source, string name) =>
        Member(source, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : 0;

    /// <summary>The items of a member that is a list.</summary>
    public static IReadOnlyList<JsonElement> Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <summary>The texts of a member that is a list of them.</summary>
    public static IEnumerable<string> Texts(JsonElement list) =>
        Items(list).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static string Cut(string text, int longest) => text.Length > longest ? text[..longest] + "…" : text;
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NatsKeys.Fuzz;

/// <summary>Changes JSON as a whole, so that what comes out is JSON again and gets further than damaged bytes do.</summary>
internal sealed class JsonMutator(byte[][] sources, params string[] texts)
{
    /// <summary>Stands for half a character, which no node can hold, until the text is made.</summary>
    private const string Half = "HALF-A-CHARACTER";

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "100", "101", "256", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e400",
        "1.5", "-0", "1e2", "\"\"", "\"headers\"",
        "[]", "{}", "[null]", "[{}]", "{\"\":null}", "[\"\"]", "[1]", "[[]]", $"\"{Half}\"", $"\"x{Half}\"", "\"\\u0000\"", "{\"a\":[{\"b\":null}]}",
        "[null,{},\"\",1]", "12345678901234567890.5", "\"*\"", "\">\"",
    ];

    private static readonly string[] Names =
        ["type", "Type", "tags", "TAGS", "version", "Version", "nats", "iss", "Exp", "kind", "x_new", "", "issuer_account", "identity", "max", "role",
            "\u2028", "a.b", "null", "1", Half];
    private readonly JsonNode?[] documents = [.. sources.Select(TryParse).Where(node => node is JsonObject)];

    public byte[] Make(Random random) => Change(random, documents[random.Next(documents.Length)]!.DeepClone());

    /// <summary>A document with a few of its values or names changed; sometimes with a member that stands twice.</summary>
    public byte[] Change(Random random, JsonNode document)
    {
        for (int left = 1 + random.Next(4); left > 0; left--)
        {
            ChangeOne(random, document);
        }

        string text = document.ToJsonString();
        if (random.Next(12) == 0)
        {
            int brace = text.IndexOf('{', random.Next(text.Length));
            text = brace < 0 ? text
                : text.Insert(brace + 1,
                    $"{JsonSerializer.Serialize(Name(random))}:{Values[random.Next(Values.Length)]}{(text[brace + 1] == '}' ? "" : ",")}");
        }

        return Encoding.UTF8.GetBytes(text.Replace(Half, "\\udabc", StringComparison.Ordinal));
    }

    private static JsonNode? TryParse(byte[] json)
    {
        try
        {
            JsonNode? node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            _ = node?.DeepClone().ToJsonString();
            return node;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Vectors that are broken JSON on purpose: the bytes of those are mutated elsewhere.
            return null;
        }
    }

    private static string Name(Random random) => Names[random.Next(Names.Length)];

    private void ChangeOne(Random random, JsonNode document)
    {
        List<JsonNode> containers = [];
        Collect(document, containers);
        switch (containers[random.Next(containers.Count)])
        {
            case JsonObject entry:
                ChangeMember(random, entry);
                break;
            case JsonArray list:
                ChangeItem(random, list);
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        switch (node)
        {
            case JsonObject entry:
                containers.Add(entry);
                foreach ((_, JsonNode? member) in entry)
                {
                    Collect(member, containers);
                }

                break;
            case JsonArray list:
                containers.Add(list);
                foreach (JsonNode? item in list)
                {
                    Collect(item, containers);
                }

                break;
        }
    }

    private void ChangeMember(Random random, JsonObject entry)
    {
        string? name = entry.Count == 0 ? null : entry.ElementAt(random.Next(entry.Count)).Key;
        switch (random.Next(6))
        {
            case 0 when name is not null:
                entry.Remove(name);
                break;
            case 1 when name is not null:
                JsonNode? moved = entry[name]?.DeepClone();
                entry.Remove(name);
                entry[random.Next(2) == 0 ? Name(random) : name.ToUpperInvariant()] = moved;
                break;
            case 2:
                entry[Name(random)] = Value(random);
                break;
            default:
                entry[name ?? Name(random)] = Value(random);
                break;
        }
    }

    private void ChangeItem(Random random, JsonArray list)
    {
        int at = random.Next(list.Count + 1);
        if (at < list.Count && random.Next(3) == 0)
        {
            list.RemoveAt(at);
        }
        else
        {
            list.Insert(at, list.Count > 0 && random.Next(3) == 0 ? list[random.Next(list.Count)]?.DeepClone() : Value(random));
        }
    }

    private JsonNode? Value(Random random)
    {
        switch (random.Next(4))
        {
            case 0 when texts.Length > 0:
                return JsonValue.Create(texts[random.Next(texts.Length)]);
            case 1:
                List<JsonNode> containers = [];
                Collect(documents[random.Next(documents.Length)], containers);
                return containers[random.Next(containers.Count)].DeepClone();
            default:
                return JsonNode.Parse(Values[random.Next(Values.Length)]);
        }
    }
}

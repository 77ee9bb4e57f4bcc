using System.Text.Json;
using System.Text.Json.Nodes;

namespace NatsKeys.Core.Tests;

/// <summary>The vectors made by the reference implementations; one test case per entry.</summary>
public static class Vectors
{
    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "vectors", file);

    public static JsonObject Load(string file) => JsonNode.Parse(File.ReadAllText(Path(file)))!.AsObject();

    /// <summary>The entries of one list, each as JSON text so that the test runner can show and tell them apart.</summary>
    public static TheoryData<string, string> Cases(string file, string list, string label)
    {
        var data = new TheoryData<string, string>();
        int index = 0;
        foreach (JsonNode? entry in Load(file)[list]!.AsArray())
        {
            string name = entry![label]?.ToString() ?? "case";
            data.Add($"{index++} {name}", entry.ToJsonString());
        }

        return data;
    }

    public static JsonObject Case(string json) => JsonNode.Parse(json)!.AsObject();

    public static string Text(this JsonObject entry, string name) => entry[name]?.GetValue<string>() ?? "";

    public static bool Flag(this JsonObject entry, string name) => entry[name]?.GetValue<bool>() ?? false;

    public static byte[] Hex(this JsonObject entry, string name) => Convert.FromHexString(entry.Text(name));

    public static bool SameJson(JsonElement left, JsonNode? right) =>
        JsonNode.DeepEquals(JsonNode.Parse(left.GetRawText()), right);

    /// <summary>The seed of a named key of keys.json.</summary>
    public static string Seed(string label) =>
        Load("keys.json")["keys"]!.AsArray().Single(key => key!["label"]!.ToString() == label)!["seed"]!.ToString();
}

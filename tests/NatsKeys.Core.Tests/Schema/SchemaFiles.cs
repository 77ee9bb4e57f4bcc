using System.Text.Json;
using NatsKeys.Files;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>The schemas that ship with the module.</summary>
internal static class SchemaFiles
{
    private static readonly Dictionary<string, JsonElement> Loaded = Directory.EnumerateFiles(Folder, "*.json").ToDictionary(
        file => Path.GetFileName(file).Split('.')[0], file => JsonElement.Parse(File.ReadAllText(file)), StringComparer.Ordinal);

    public static string[] Names => [.. Loaded.Keys.Order(StringComparer.Ordinal)];

    private static string Folder => Repository.At("module", "schemas");

    public static JsonElement Load(string name) => Loaded[name];

    public static JsonElement Of(EntityKind kind) => Loaded[TextOf(kind)];

    /// <summary>How the kind is written in files.</summary>
    public static string TextOf(EntityKind kind) => kind switch
    {
        EntityKind.Operator => "operator",
        EntityKind.Account => "account",
        _ => "user",
    };

    /// <summary>What the schema of a kind has against the text of a file.</summary>
    public static IReadOnlyList<string> Check(EntityKind kind, string text) => Check(Of(kind), YamlParser.Parse(text));

    public static IReadOnlyList<string> Check(JsonElement schema, YamlNode document) =>
        new SchemaValidator(schema).Check(YamlAsJson.Convert(document));
}

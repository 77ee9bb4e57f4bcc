using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Bases;

/// <summary>The vectors of the reference implementations.</summary>
internal static class Vectors
{
    /// <summary>The cases of a file.</summary>
    internal static JsonObject[] Cases(string file, string list = "cases") =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", file)))![list]!.AsArray()
            .Select(entry => entry!.AsObject()),
    ];

    /// <summary>A member that holds text.</summary>
    internal static string Text(this JsonObject entry, string name) => entry[name]!.GetValue<string>();

    /// <summary>A member that holds bytes.</summary>
    internal static byte[] Bytes(this JsonObject entry, string name) => Convert.FromHexString(entry.Text(name));
}

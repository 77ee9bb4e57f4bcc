using System.Text;
using NatsKeys.Files;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>
/// Reads and writes the file that records rotations in progress. It contains only public keys and places, and exists only while a rotation is in
/// progress.
/// </summary>
internal static class RotationFile
{
    public const string Name = "rotations.yaml";
    private const string Format = "1";
    private const string AwaitsServers = "awaits_servers";

    public static byte[] Encode(IEnumerable<RotationRecord> rotations)
    {
        var list = new YamlSequence();
        foreach (RotationRecord rotation in rotations)
        {
            var entry = new YamlMapping();
            entry.Add(
                "owner",
                new YamlScalar(
                    rotation.Owner.Account is { } account ? $"{rotation.Owner.Operator}/{account}" : rotation.Owner.Operator, isPlain: false));
            entry.Add("old", new YamlScalar(rotation.OldKey, isPlain: false));
            entry.Add("new", new YamlScalar(rotation.NewKey, isPlain: false));
            if (rotation.NewUserKeys)
            {
                entry.Add("new_user_keys", new YamlScalar("true", isPlain: true));
            }

            if (rotation.AwaitsServers)
            {
                entry.Add(AwaitsServers, new YamlScalar("true", isPlain: true));
            }

            list.Items.Add(entry);
        }

        var root = new YamlMapping();
        root.Add("format", new YamlScalar(Format, isPlain: true));
        root.Add("rotations", list);
        return Encoding.UTF8.GetBytes(YamlWriter.Write(root));
    }

    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/> or <see cref="ErrorCode.InvalidYaml"/>, with the path.</exception>
    public static List<RotationRecord> Read(string path)
    {
        if (SafeFiles.Read(path, FileKind.Rotations) is not { } bytes)
        {
            return [];
        }

        try
        {
            return Parse(bytes);
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(error.Code, $"The file '{path}' cannot be read. {error.Message}", error) { Path = path };
        }
    }

    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/> or <see cref="ErrorCode.InvalidYaml"/>.</exception>
    public static List<RotationRecord> Parse(byte[] text)
    {
        YamlMapping root = YamlParser.Parse(TextDecoder.Decode(text, FileKind.Rotations));
        YamlFields.RequireFormat(root.FindText("format"), Format);
        return [.. (root.Find("rotations")?.AsList() ?? []).Select(entry => Read(entry.AsMapping()))];
    }

    private static RotationRecord Read(YamlMapping entry)
    {
        string[] owner = entry.Require("owner").AsText().Split('/');
        var path = new EntityPath(owner[0], owner.Length > 1 ? owner[1] : null);
        return new RotationRecord(path, Key(entry, "old"), Key(entry, "new"))
        {
            NewUserKeys = entry.FindText("new_user_keys") == "true",
            AwaitsServers = entry.FindText(AwaitsServers) == "true",
        };
    }

    private static string Key(YamlMapping entry, string name) => entry.Require(name).AsText() is var text && PublicNkey.TryGetType(text, out _)
        ? text
        : throw YamlParser.Fault(entry.Find(name)!, "a public key is expected here");
}

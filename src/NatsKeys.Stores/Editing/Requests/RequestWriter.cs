using NatsKeys.Files;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Writes the parts of the file of a request.</summary>
internal static class RequestWriter
{
    public const string Format = "1";

    /// <summary>Writes the request without its digest and tokens.</summary>
    /// <param name="created">When it is created.</param>
    /// <param name="expires">Until when it may be completed; null for no limit.</param>
    /// <param name="above">The parents of the requested entities that are not requested themselves.</param>
    /// <param name="signatures">The requested signatures, parents before children.</param>
    public static string Text(
        DateTimeOffset created, DateTimeOffset? expires, IEnumerable<NatsEntity> above, IEnumerable<RequestedSignature> signatures)
    {
        var root = new YamlMapping();
        root.AddText("kind", RequestFile.Kind);
        root.Add("format", new YamlScalar(Format, isPlain: true));
        root.AddDate("created", created.ToUnixTimeSeconds());
        root.AddDate("expires", expires?.ToUnixTimeSeconds() ?? 0);
        AddList(root, "above", above, entity => TokenOf(entity.Path, entity.Jwt!));
        AddList(root, "requests", signatures, Request);
        return YamlWriter.Write(root);
    }

    /// <summary>Writes the tokens that have been signed; an empty text if there are none.</summary>
    public static string Tokens(IEnumerable<RequestedSignature> signatures)
    {
        var root = new YamlMapping();
        AddList(
            root,
            "completed",
            signatures.Where(signature => signature.Token is not null),
            signature => TokenOf(signature.Path, signature.Token!.Token));
        return root.Members.Count == 0 ? "" : YamlWriter.Write(root);
    }

    private static YamlMapping Request(RequestedSignature signature)
    {
        YamlMapping item = ItemOf(signature.Path);
        AddList(item, "changes", signature.Changes, change => new YamlScalar(change, isPlain: false));
        item.Add("wanted", EntityFile.Nodes(signature.Entity.Document));
        return item;
    }

    private static YamlMapping TokenOf(EntityPath path, string token)
    {
        YamlMapping item = ItemOf(path);
        item.AddText("jwt", token);
        return item;
    }

    private static YamlMapping ItemOf(EntityPath path)
    {
        var item = new YamlMapping();
        item.AddText("entity", string.Join('/', new[] { path.Operator, path.Account, path.User }.OfType<string>()));
        return item;
    }

    private static void AddList<T>(YamlMapping root, string name, IEnumerable<T> values, Func<T, YamlNode> write)
    {
        var list = new YamlSequence();
        list.Items.AddRange(values.Select(write));
        if (list.Items.Count > 0)
        {
            root.Add(name, list);
        }
    }
}

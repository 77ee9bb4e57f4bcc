using System.Text;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Reads and writes the text of entity files: the wanted claims in readable form, and the signed token.</summary>
internal static class EntityFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encodes the new content of a file: its current text, updated with a document.</summary>
    public static byte[] Encode(byte[]? old, EntityDocument document, EntityKind kind) =>
        Utf8.GetBytes(old is null ? Write(document) : Rewrite(TextDecoder.Decode(old, FileKind.Entity), document, kind));

    /// <summary>Writes the text of a document that has no file yet.</summary>
    public static string Write(EntityDocument document)
    {
        if (document.Jwt is not { } token || !YamlWriter.IsPlain(token))
        {
            return YamlWriter.Write(Nodes(document));
        }

        // The YAML library examines every character about a dozen times, and most of a user's file is its token. A token needs no quotes, and it
        // comes last.
        return $"{YamlWriter.Write(Nodes(document with { Jwt = null }))}jwt: {token}\n";
    }

    /// <summary>Updates the existing text of a document. Comments and order stay where nothing changed.</summary>
    public static string Rewrite(string text, EntityDocument document, EntityKind kind)
    {
        string fresh = Write(document);
        try
        {
            string? patched = YamlPatch.Apply(text, Nodes(Read(text, kind)), Nodes(document));

            // Whatever the file contained, the result must say exactly what the document says.
            return patched is not null && YamlWriter.Write(Nodes(Read(patched, kind))) == fresh ? patched : fresh;
        }
        catch (NatsKeysException)
        {
            return fresh;
        }
    }

    /// <summary>Builds the YAML content of a document's file.</summary>
    public static YamlMapping Nodes(EntityDocument document)
    {
        ClaimSet claims = document.Wanted.InOrder();
        var root = new YamlMapping();
        root.AddText("kind", claims.KindText);
        root.AddText("name", claims.Name);
        root.AddText("subject", claims.Subject);
        root.AddText("issuer", claims.Issuer);
        root.AddText("audience", claims.Audience);
        AddTags(root, claims.Tags);
        root.AddDate("expires", claims.Expires);
        root.AddDate("not_before", claims.NotBefore);
        AddMapping(root, "claims", YamlClaimWriter.Write(claims, claims.Kind.NewClaims()));
        AddMapping(root, "other", YamlClaimWriter.Write(claims.Outer, claims.Outer));
        root.AddText("jwt", document.Jwt);
        return root;
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="file">The content.</param>
    /// <param name="expected">The expected kind of entity.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidYaml"/>; the message does not name the file.</exception>
    public static EntityDocument Read(byte[] file, EntityKind expected) => Read(TextDecoder.Decode(file, FileKind.Entity), expected);

    /// <inheritdoc cref="Read(byte[], EntityKind)"/>
    public static EntityDocument Read(string text, EntityKind expected) => Read(YamlParser.Parse(text), expected);

    /// <inheritdoc cref="Read(byte[], EntityKind)"/>
    public static EntityDocument Read(YamlMapping root, EntityKind expected)
    {
        ClaimSet claims = ReadKind(root, expected);
        string? jwt = null;
        foreach ((YamlScalar name, YamlNode value) in root.Members)
        {
            switch (name.Text)
            {
                case "kind":
                    break;
                case "name":
                    claims.Name = value.ToText();
                    break;
                case "subject":
                    claims.Subject = Key(value, IssuerTypes.SubjectOf(claims.Kind));
                    break;
                case "issuer":
                    claims.Issuer = Key(value);
                    break;
                case "audience":
                    claims.Audience = value.ToText();
                    break;
                case "tags":
                    claims.Tags = [.. value.AsList().Select(item => item.ToText() ?? "")];
                    break;
                case "expires":
                    claims.Expires = value.ToSeconds();
                    break;
                case "not_before":
                    claims.NotBefore = value.ToSeconds();
                    break;
                case "claims":
                    YamlClaimReader.Read(claims, Mapping(value), "tags", "type", "version");
                    break;
                case "other":
                    YamlClaimReader.Read(claims.Outer, Mapping(value), "aud", "exp", "jti", "iat", "iss", "name", "nbf", "sub", "nats");
                    break;
                case "jwt":
                    jwt = value.ToText();
                    break;
                default:
                    throw YamlParser.Fault(name, $"'{name.Text}' is not a member of an entity file. Claims belong under 'claims'");
            }
        }

        claims.Freeze();
        return new EntityDocument(claims, jwt);
    }

    private static ClaimSet ReadKind(YamlMapping root, EntityKind expected)
    {
        YamlNode node = root.Find("kind") ?? throw YamlParser.Fault(root, "the member 'kind' is missing");
        ClaimKind kind = ClaimKinds.Parse(node.ToText());
        return kind == expected.ToClaimKind()
            ? kind.NewClaims()
            : throw YamlParser.Fault(node, $"the kind is '{node.ToText()}', but {ClaimKinds.TextOf(expected.ToClaimKind())} is expected here");
    }

    private static void AddTags(YamlMapping root, ClaimList<string> tags)
    {
        if (tags.Count > 0)
        {
            var list = new YamlSequence { IsFlow = true };
            list.Items.AddRange(tags.Select(tag => new YamlScalar(tag, isPlain: false)));
            root.Add("tags", list);
        }
    }

    private static void AddMapping(YamlMapping root, string name, YamlMapping value)
    {
        if (value.Members.Count > 0)
        {
            root.Add(name, value);
        }
    }

    private static string? Key(YamlNode node, NatsKeyType? wanted = null)
    {
        string? text = node.ToText();
        return text is null || (PublicNkey.TryGetType(text, out NatsKeyType type) && (wanted ?? type) == type)
            ? text
            : throw YamlParser.Fault(
                node, $"a public key {(wanted is null ? "" : $"of type {wanted.ToString()!.ToLowerInvariant()} ")}is expected here");
    }

    private static YamlMapping Mapping(YamlNode node) => node is YamlScalar { IsNull: true } ? new YamlMapping() : node.AsMapping();
}

using System.Globalization;
using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Yaml;

namespace NatsKeys.Store;

/// <summary>The text of an entity file: what is wanted in readable form, and what was signed.</summary>
internal static class EntityFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";


    /// <summary>The content of a file, with a document put into what stands there.</summary>
    public static byte[] Encode(byte[]? old, EntityDocument document, EntityKind kind) =>
        Utf8.GetBytes(old is null ? Write(document) : Rewrite(Encoding.UTF8.GetString(old).TrimStart('\uFEFF'), document, kind));

    public static string Write(EntityDocument document) => YamlText.Write(Nodes(document));

    /// <summary>The text of a document that somebody wrote, with what has changed put into it. Comments and order stay where nothing changed.</summary>
    public static string Rewrite(string text, EntityDocument document, EntityKind kind)
    {
        string fresh = Write(document);
        try
        {
            string? patched = YamlPatch.Apply(text, Nodes(Read(text, kind)), Nodes(document));

            // Whatever a person may write, what comes out must say exactly what was wanted.
            return patched is not null && YamlText.Write(Nodes(Read(patched, kind))) == fresh ? patched : fresh;
        }
        catch (NatsKeysException)
        {
            return fresh;
        }
    }

    /// <summary>What stands in the file of a document.</summary>
    public static YamlMapping Nodes(EntityDocument document)
    {
        ClaimSet claims = document.Wanted;
        claims.Normalize();
        var root = new YamlMapping();
        AddText(root, "kind", claims.KindText);
        AddText(root, "name", claims.Name);
        AddText(root, "subject", claims.Subject);
        AddText(root, "issuer", claims.Issuer);
        AddText(root, "audience", claims.Audience);
        AddTags(root, claims.Tags);
        AddDate(root, "expires", claims.Expires);
        AddDate(root, "not_before", claims.NotBefore);
        AddMapping(root, "claims", YamlClaimWriter.Write(claims, Fresh(claims.Kind)));
        AddMapping(root, "other", YamlClaimWriter.Write(claims.Outer, claims.Outer));
        AddText(root, "jwt", document.Jwt);
        return root;
    }

    public static EntityDocument Read(byte[] file, EntityKind expected)
    {
        try
        {
            return Read(Utf8.GetString(file).TrimStart('\uFEFF'), expected);
        }
        catch (DecoderFallbackException error)
        {
            throw new NatsKeysException(ErrorCode.InvalidYaml, "It is not UTF-8 text.", error);
        }
    }

    public static EntityDocument Read(string text, EntityKind expected) => Read(YamlText.Parse(text), expected);

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
                    claims.Name = Text(value);
                    break;
                case "subject":
                    claims.Subject = Key(value, IssuerTypes.SubjectOf(claims.Kind));
                    break;
                case "issuer":
                    claims.Issuer = Key(value);
                    break;
                case "audience":
                    claims.Audience = Text(value);
                    break;
                case "tags":
                    claims.Tags = [.. value.AsList().Select(item => Text(item) ?? "")];
                    break;
                case "expires":
                    claims.Expires = Date(value);
                    break;
                case "not_before":
                    claims.NotBefore = Date(value);
                    break;
                case "claims":
                    YamlClaimReader.Read(claims, Mapping(value), "tags", "type", "version");
                    break;
                case "other":
                    YamlClaimReader.Read(claims.Outer, Mapping(value), "aud", "exp", "jti", "iat", "iss", "name", "nbf", "sub", "nats");
                    break;
                case "jwt":
                    jwt = Text(value);
                    break;
                default:
                    throw YamlText.Fault(name, $"'{name.Text}' is not a member of an entity file; claims stand under 'claims'");
            }
        }

        return new EntityDocument(claims, jwt);
    }

    private static ClaimSet ReadKind(YamlMapping root, EntityKind expected)
    {
        YamlNode node = root.Find("kind") ?? throw YamlText.Fault(root, "the member 'kind' is missing");
        ClaimKind kind = KindTexts.Parse(Text(node));
        return kind.ToString() == expected.ToString()
            ? Fresh(kind)
            : throw YamlText.Fault(node, $"'{Text(node)}' is not the kind that belongs here, {expected.ToString().ToLowerInvariant()}");
    }

    private static ClaimSet Fresh(ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => new OperatorClaims(),
        ClaimKind.Account => new AccountClaims(),
        _ => new UserClaims(),
    };

    public static void AddText(YamlMapping root, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            root.Add(name, new YamlScalar(value, isPlain: false));
        }
    }

    private static void AddTags(YamlMapping root, List<string> tags)
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

    /// <summary>A time is written as a date, or as the number that it is when the calendar has no such date.</summary>
    public static void AddDate(YamlMapping root, string name, long seconds)
    {
        if (UnixTime.ToDate(seconds) is { } date)
        {
            string text = date.ToUnixTimeSeconds() == seconds
                ? date.ToString(DateFormat, CultureInfo.InvariantCulture)
                : seconds.ToString(CultureInfo.InvariantCulture);
            root.Add(name, new YamlScalar(text, isPlain: true));
        }
    }

    public static long Date(YamlNode node)
    {
        string text = Text(node) ?? "0";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            return seconds;
        }

        try
        {
            return TimeText.ParseDate(text).ToUnixTimeSeconds();
        }
        catch (NatsKeysException error)
        {
            throw YamlText.Fault(node, error.Message.TrimEnd('.'));
        }
    }

    private static string? Text(YamlNode node) => node is YamlScalar { IsNull: true } ? null : node.AsText();

    private static string? Key(YamlNode node, NatsKeyType? wanted = null)
    {
        string? text = Text(node);
        return text is null || (PublicKey.TryGetType(text, out NatsKeyType type) && (wanted ?? type) == type)
            ? text
            : throw YamlText.Fault(node, $"a public key {(wanted is null ? "" : $"of type {wanted.ToString()!.ToLowerInvariant()} ")}is expected here");
    }

    private static YamlMapping Mapping(YamlNode node) => node is YamlScalar { IsNull: true } ? new YamlMapping() : node.AsMapping();
}

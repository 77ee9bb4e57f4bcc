using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Reads the file of a request. The changes that it lists must match its claims, and every token must match the entity that it belongs to.
/// </summary>
internal sealed class RequestReader
{
    private readonly RequestEntities entities;
    private readonly VerifiedEntities verified = new();
    private readonly OrderedDictionary<EntityPath, RequestedSignature> signatures = [];

    private RequestReader(NatsStore store) => entities = new RequestEntities(store);

    /// <exception cref="NatsKeysException">The file is not a request, was altered, or has a format that this version does not support.</exception>
    public static NatsSigningRequest Read(string path, string file, NatsStore store)
    {
        YamlMapping root = YamlParser.Parse(file);
        RequireFormat(root);
        string text = RequestFile.TextOf(file);
        YamlNode digest = root.Require("digest");
        if (digest.AsText() != RequestFile.DigestOf(text))
        {
            throw YamlParser.Fault(digest, "the digest does not match the content, which was altered");
        }

        return new RequestReader(store).Read(path, text, root);
    }

    private static void RequireFormat(YamlMapping root)
    {
        YamlNode kind = root.Require("kind");
        if (kind.AsText() != RequestFile.Kind)
        {
            throw YamlParser.Fault(kind, $"'{RequestFile.Kind}' is expected here");
        }

        YamlFields.RequireFormat(root.Require("format").AsText(), RequestWriter.Format);
    }

    /// <summary>Throws if there are unknown members, which reviewers would overlook.</summary>
    private static void RequireKnown(YamlMapping mapping, params ReadOnlySpan<string> known)
    {
        foreach ((YamlScalar name, _) in mapping.Members)
        {
            if (!known.Contains(name.Text, StringComparer.Ordinal))
            {
                throw YamlParser.Fault(name, $"'{name.Text}' is not allowed here");
            }
        }
    }

    private static List<YamlNode> ListOf(YamlMapping mapping, string name) => mapping.Find(name)?.AsList() ?? [];

    private NatsSigningRequest Read(string path, string text, YamlMapping root)
    {
        RequireKnown(root, "kind", "format", "created", "expires", "above", "requests", "digest", "completed");
        string[] names = [.. root.Members.Select(member => member.Key.Text)];
        string[] tail = names.Contains("completed") ? ["digest", "completed"] : ["digest"];
        if (!names.TakeLast(tail.Length).SequenceEqual(tail))
        {
            throw YamlParser.Fault(root, "the digest, followed by the tokens, must come last");
        }

        ListOf(root, "above").ForEach(ReadAbove);
        root.Require("requests").AsList().ForEach(ReadRequest);
        ListOf(root, "completed").ForEach(ReadToken);
        return new NatsSigningRequest(
            path, text, DateOf(root.Require("created")), root.Find("expires") is { } expires ? DateOf(expires) : null, signatures.Values.ToArray());
    }

    private static DateTimeOffset DateOf(YamlNode node) =>
        UnixTime.ToDate(node.ToSeconds()) ?? throw YamlParser.Fault(node, "a date is expected here");

    private void ReadAbove(YamlNode node)
    {
        (EntityPath path, NatsJwt token) = TokenOf(node.AsMapping());
        RequireKind(node, path, token);
        RequireName(node, path, token.Claims.Name);
        entities.Add(path, token);
    }

    /// <summary>Throws if the request names the entity differently from its token.</summary>
    private static void RequireName(YamlNode node, EntityPath path, string? name)
    {
        if (EntityName.Compose(name ?? "") != path.Name)
        {
            throw YamlParser.Fault(node, $"the token of the {path} would have the name '{name}'");
        }
    }

    private static void RequireKind(YamlNode node, EntityPath path, NatsJwt? token)
    {
        if (token is not null && token.Kind != path.Kind.ToClaimKind())
        {
            throw YamlParser.Fault(node, $"the token of the {path} has the wrong kind");
        }
    }

    private void ReadRequest(YamlNode node)
    {
        YamlMapping item = node.AsMapping();
        RequireKnown(item, "entity", "changes", "wanted");
        EntityPath path = PathOf(item);
        NatsEntity entity = entities.Make(path, EntityFile.Read(item.Require("wanted").AsMapping(), path.Kind));
        if (entity.Subject is null || entity.Issuer is null)
        {
            throw YamlParser.Fault(node, "its subject, or its issuer, is missing");
        }

        RequireName(node, path, entity.Wanted.Name);
        RequireKind(node, path, entity.Jwt is null ? null : entity.Document.ReadToken());
        var signature = new RequestedSignature(entity, verified);
        entities.Add(signature.Entity);
        if (!ListOf(item, "changes").ConvertAll(change => change.AsText()).SequenceEqual(signature.Changes))
        {
            throw YamlParser.Fault(node, "the listed changes do not match the requested claims");
        }

        signatures.Add(path, signature);
    }

    private void ReadToken(YamlNode node)
    {
        (EntityPath path, NatsJwt token) = TokenOf(node.AsMapping());
        RequestedSignature signature = signatures.GetValueOrDefault(path) ?? throw YamlParser.Fault(node, $"the request does not contain the {path}");
        if (signature.Token is not null || token.Issuer != signature.SigningKey || !ClaimJson.SameWish(token.Claims, signature.Claims))
        {
            throw YamlParser.Fault(node, $"the token of the {path} does not match the requested claims");
        }

        signature.Token = token;
    }

    private static (EntityPath Path, NatsJwt Token) TokenOf(YamlMapping item)
    {
        RequireKnown(item, "entity", "jwt");
        YamlNode token = item.Require("jwt");
        try
        {
            return (PathOf(item), JwtReader.Read(token.AsText()));
        }
        catch (NatsKeysException error) when (error.Code != ErrorCode.InvalidYaml)
        {
            throw YamlParser.Fault(token, error.Message.TrimEnd('.'));
        }
    }

    private static EntityPath PathOf(YamlMapping item)
    {
        YamlNode node = item.Require("entity");
        string[] names = node.AsText().Split('/');
        return names.Length <= 3 && names.All(EntityName.IsValid)
            ? new EntityPath(names[0], names.ElementAtOrDefault(1), names.ElementAtOrDefault(2))
            : throw YamlParser.Fault(node, "the path of an entity is expected here: operator, account and user name");
    }
}

using System.Reflection;
using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>The schemas list the members that the module knows: all of them, and no other.</summary>
public class SchemaMemberTests
{
    public static TheoryData<EntityKind> Kinds => [.. Enum.GetValues<EntityKind>()];

    public static TheoryData<string> Schemas => [.. SchemaFiles.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Claims_are_those_of_the_claim_type_at_every_level(EntityKind kind)
    {
        JsonElement schema = SchemaFiles.Of(kind);
        Compare(Fresh(kind), schema.GetProperty("properties").GetProperty("claims"), new SchemaValidator(schema), "claims");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Members_of_the_file_are_those_that_are_written(EntityKind kind)
    {
        ClaimSet claims = ClaimFiller.Fill(Fresh(kind), new Random(1), ["text"], fillsAll: true);
        foreach (PropertyInfo property in typeof(ClaimSet).GetProperties().Where(property => property.CanWrite))
        {
            object? fresh = property.GetValue(Fresh(kind));
            if (Equals(property.GetValue(claims), fresh)
                && property.Name is not (nameof(ClaimSet.Version) or nameof(ClaimSet.Id) or nameof(ClaimSet.IssuedAt)))
            {
                property.SetValue(claims,
                    property.PropertyType == typeof(string) ? ClaimFiller.AccountKey : throw new NotSupportedException(property.Name));
            }
        }

        claims.Outer.AddUnknown("x_future", JsonElement.Parse("1"));
        YamlMapping written = YamlParser.Parse(EntityFile.Write(new EntityDocument(claims, Tokens.Exact("user-min"))));
        Assert.Equal(written.Members.Select(member => member.Key.Text), Names(SchemaFiles.Of(kind)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Members_of_the_file_are_read_and_no_others(EntityKind kind)
    {
        string[] names = [.. Names(SchemaFiles.Of(kind)).Where(name => name != "kind")];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Equal(Fresh(kind).KindText, Read(name).Wanted.KindText));
        Assert.Contains("'names'", Refused.With(ErrorCode.InvalidYaml, () => Read("names")).Message, StringComparison.Ordinal);

        EntityDocument Read(string name) => EntityFile.Read($"kind: {SchemaFiles.TextOf(kind)}\n{name}: {(name == "tags" ? "[]" : "")}\n", kind);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_member_is_described(string name)
    {
        foreach ((string place, JsonElement node) in Nodes(SchemaFiles.Load(name), name).Where(node => node.Node.TryGetProperty("properties", out _)))
        {
            Assert.All(node.GetProperty("properties").EnumerateObject(), member =>
                Assert.True(member.Value.TryGetProperty("description", out JsonElement text) && text.GetString()!.EndsWith('.'),
                    $"{place}.{member.Name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Examples_and_defaults_are_such_as_the_schema_asks_for(string name)
    {
        JsonElement schema = SchemaFiles.Load(name);
        var validator = new SchemaValidator(schema);
        foreach ((string place, JsonElement node) in Nodes(schema, name))
        {
            JsonElement[] shown = [.. Shown(node)];
            Assert.All(shown, value => Assert.True(validator.Check(value, node) is [], $"{place}: {value}"));
        }
    }

    /// <summary>What the validator of these tests does not know, it would not check.</summary>
    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_keyword_is_known(string name)
    {
        JsonElement schema = SchemaFiles.Load(name);
        Assert.All(Nodes(schema, name), node => new SchemaValidator(schema).Check(JsonElement.Parse("{}"), node.Node));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_definition_is_used(string name)
    {
        string text = SchemaFiles.Load(name).GetRawText();
        Assert.All(Definitions(name), definition => Assert.Contains($"\"#/definitions/{definition.Name}\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Definitions_of_one_name_say_the_same()
    {
        foreach (IGrouping<string, JsonProperty> group in SchemaFiles.Names.SelectMany(Definitions).GroupBy(definition => definition.Name))
        {
            Assert.All(group, definition => Assert.True(JsonElement.DeepEquals(group.First().Value, definition.Value), group.Key));
        }
    }

    /// <summary>With an id, a validator would keep the schema of one version for that of another, or look an address up.</summary>
    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_schema_names_its_draft_and_no_address_of_its_own(string name)
    {
        JsonElement schema = SchemaFiles.Load(name);
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.GetProperty("$schema").GetString());
        Assert.False(schema.TryGetProperty("$id", out _));
    }

    internal static ClaimSet Fresh(EntityKind kind) => kind switch
    {
        EntityKind.Operator => new OperatorClaims(),
        EntityKind.Account => new AccountClaims(),
        _ => new UserClaims(),
    };

    private static void Compare(ClaimObject fresh, JsonElement node, SchemaValidator schema, string place)
    {
        node = schema.Resolve(node);
        IReadOnlyList<ClaimMember> members = ClaimMember.Of(fresh);
        Assert.Equal(members.Select(member => $"{place}.{member.Name}"), Names(node).Select(name => $"{place}.{name}"));
        Assert.True(node.GetProperty("additionalProperties").GetBoolean(), $"{place}: claims that this version does not know may stand there");

        string[] required = node.TryGetProperty("required", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : [];
        foreach (ClaimMember member in members)
        {
            JsonElement stated = node.GetProperty("properties").GetProperty(member.Name);
            JsonElement part = schema.Resolve(stated);
            string here = $"{place}.{member.Name}";
            Assert.True(Default(stated) == member.Default?.ToString(),
                $"{here}: the default is '{Default(stated)}' and should be '{member.Default}'");
            Assert.True(Allows(part, "null") != required.Contains(member.Name), $"{here}: it may be left empty where it may be left out");
            CompareForm(member, part, schema, here);
        }
    }

    private static void CompareForm(ClaimMember member, JsonElement part, SchemaValidator schema, string place)
    {
        (string type, string? other) = member.Form switch
        {
            ClaimForm.Text => ("string", "number"),
            ClaimForm.Integer => ("integer", null),
            ClaimForm.Sampling => ("integer", "string"),
            ClaimForm.Flag => ("boolean", null),
            ClaimForm.Texts or ClaimForm.Objects => ("array", null),
            _ => ("object", (string?)null),
        };
        Assert.True(Allows(part, type), $"{place}: no {type}");
        Assert.DoesNotContain(Types(part), found => found != type && found != other && found != "null");
        switch (member.Form)
        {
            case ClaimForm.Integer:
                Assert.All([member.Minimum, member.Maximum], bound =>
                    Assert.True(IsBeyond(part, bound) || bound is long.MinValue or long.MaxValue, place));
                break;
            case ClaimForm.Texts:
                Assert.True(Allows(schema.Resolve(part.GetProperty("items")), "string"), place);
                break;
            case ClaimForm.Object:
                Compare(member.Inner!, part, schema, place);
                break;
            case ClaimForm.Objects:
                CompareItems(member.Inner!, part, schema, place);
                break;
            case ClaimForm.IntegerMap:
                Assert.True(Allows(schema.Resolve(part.GetProperty("patternProperties").EnumerateObject().Single().Value), "integer"), place);
                break;
            case ClaimForm.ObjectMap:
                Assert.All(Values(part), value => Compare(member.Inner!, value, schema, place));
                break;
            case ClaimForm.ListMap:
                CompareItems(member.Inner!, part.GetProperty("additionalProperties"), schema, place);
                break;
        }
    }

    private static void CompareItems(ClaimObject item, JsonElement list, SchemaValidator schema, string place)
    {
        JsonElement items = list.GetProperty("items");
        if (item is IPlainForm)
        {
            JsonElement[] choices = [.. items.GetProperty("anyOf").EnumerateArray().Select(schema.Resolve)];
            Assert.True(choices.Length == 2 && Types(choices[0]) is ["string"], place);
            items = choices[1];
        }

        Compare(item, items, schema, place);
    }

    /// <summary>Whether the schema keeps a number within a bound of the reader.</summary>
    private static bool IsBeyond(JsonElement part, long bound) =>
        (part.TryGetProperty("minimum", out JsonElement minimum) && minimum.GetInt64() >= bound)
        || (part.TryGetProperty("maximum", out JsonElement maximum) && maximum.GetInt64() <= bound);

    /// <summary>The values of a map: of any name, and of those that are offered.</summary>
    private static IEnumerable<JsonElement> Values(JsonElement map) =>
        [map.GetProperty("additionalProperties"), .. map.GetProperty("properties").EnumerateObject().Select(offered => offered.Value)];

    private static string? Default(JsonElement node) => node.TryGetProperty("default", out JsonElement value)
        ? value.ValueKind is JsonValueKind.True ? bool.TrueString : value.ToString()
        : null;

    private static bool Allows(JsonElement part, string type) => Types(part).Contains(type);

    private static string[] Types(JsonElement part) => part.TryGetProperty("anyOf", out JsonElement choices)
        ? [.. choices.EnumerateArray().SelectMany(Types)]
        : part.GetProperty("type") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(type => type.GetString()!)]
            : [part.GetProperty("type").GetString()!];

    private static string[] Names(JsonElement node) => [.. node.GetProperty("properties").EnumerateObject().Select(member => member.Name)];

    private static JsonProperty[] Definitions(string name) =>
        SchemaFiles.Load(name).TryGetProperty("definitions", out JsonElement definitions) ? [.. definitions.EnumerateObject()] : [];

    private static IEnumerable<JsonElement> Shown(JsonElement node)
    {
        IEnumerable<JsonElement> examples = node.TryGetProperty("examples", out JsonElement list) ? list.EnumerateArray() : [];
        return node.TryGetProperty("default", out JsonElement value) ? examples.Append(value) : examples;
    }

    /// <summary>Every schema within a schema, at any depth.</summary>
    private static IEnumerable<(string Place, JsonElement Node)> Nodes(JsonElement node, string place)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        IEnumerable<(string Place, JsonElement Node)> found = [(place, node)];
        foreach (JsonProperty keyword in node.EnumerateObject())
        {
            string here = $"{place}.{keyword.Name}";
            found = found.Concat(keyword.Name switch
            {
                "properties" or "patternProperties" or "definitions" =>
                    keyword.Value.EnumerateObject().SelectMany(member => Nodes(member.Value, $"{here}.{member.Name}")),
                "items" or "additionalProperties" => Nodes(keyword.Value, here),
                "anyOf" => keyword.Value.EnumerateArray().SelectMany(choice => Nodes(choice, here)),
                _ => [],
            });
        }

        return found;
    }
}

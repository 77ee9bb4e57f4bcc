using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>Reads the members of a claim object from an entity file. An omitted member keeps the value that a new entity has.</summary>
internal sealed partial class YamlClaimReader(YamlMapping source) : ClaimReader
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <param name="target">The object.</param>
    /// <param name="source">Its members in the file.</param>
    /// <param name="elsewhere">The names of members that the token has here but the file has in another place.</param>
    public static T Read<T>(T target, YamlMapping source, params ReadOnlySpan<string> elsewhere)
        where T : ClaimObject
    {
        foreach ((YamlScalar name, _) in source.Members)
        {
            if (elsewhere.Contains(name.Text, StringComparer.OrdinalIgnoreCase))
            {
                throw YamlParser.Fault(name, $"'{name.Text}' is not allowed here: it belongs next to 'claims', or is set by signing");
            }
        }

        var reader = new YamlClaimReader(source);
        Map(target, source, reader);
        foreach ((YamlScalar name, YamlNode value) in source.Members)
        {
            if (!reader.known.Contains(name.Text))
            {
                reader.RefuseWrongCase(name);
                target.AddUnknown(name.Text, ToJson(value));
            }
        }

        return target;
    }

    public override string? Text(string name, string? value) =>
        Find(name) is { } node ? node.AsText() : value;

    public override long Integer(string name, long value, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (Find(name) is not { } node)
        {
            return value;
        }

        long number = IntegerOf(node);
        return number >= minimum && number <= maximum
            ? number
            : throw YamlParser.Fault(node, $"a number from {minimum} to {maximum} is expected here");
    }

    protected override ulong Unsigned(string name, ulong value) => throw NotInFiles();

    protected override bool Flag(string name, bool value) => Find(name) switch
    {
        null => value,
        YamlScalar { IsPlain: true, Text: "true" or "True" or "TRUE" } => true,
        YamlScalar { IsPlain: true, Text: "false" or "False" or "FALSE" } => false,
        { } node => throw YamlParser.Fault(node, "true or false is expected here"),
    };

    public override ClaimList<string> Texts(string name, ClaimList<string> values, bool commaSeparated = false) =>
        Find(name) is { } node ? ListOf(node, item => item.AsText()) : values;

    protected override ClaimList<ClaimList<string>> TextLists(string name, ClaimList<ClaimList<string>> values) => throw NotInFiles();

    protected override long Sampling(string name, long value) => Find(name) switch
    {
        null => value,
        YamlScalar scalar when scalar.Text.Equals("headers", StringComparison.OrdinalIgnoreCase) => 0,
        { } node => IntegerOf(node),
    };

    protected override T Object<T>(string name, T value) => Find(name) is { } node ? Read(value, node.AsMapping()) : value;

    protected override T? Optional<T>(string name, T? value)
        where T : class => Find(name) is { } node ? Read(new T(), node.AsMapping()) : value;

    protected override ClaimList<T> Objects<T>(string name, ClaimList<T> values) => Find(name) is { } node ? ListOf<T>(node) : values;

    protected override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values) =>
        MapOf(name, values, IntegerOf);

    protected override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values) =>
        MapOf(name, values, ItemOf<T>);

    protected override ClaimTable<ClaimList<T>> ListMap<T>(string name, ClaimTable<ClaimList<T>> values) =>
        MapOf(name, values, ListOf<T>);

    /// <summary>Creates the error for a member that only authorization requests have, which are not entities.</summary>
    private static InvalidOperationException NotInFiles() => new("Entity files do not hold claims of this kind.");

    private static void Map(ClaimObject target, YamlMapping source, YamlClaimReader reader)
    {
        try
        {
            target.Map(reader);
        }
        catch (NatsKeysException error) when (error.Code != ErrorCode.InvalidYaml)
        {
            throw YamlParser.Fault(source, error.Message.TrimEnd('.'));
        }
    }

    private static long IntegerOf(YamlNode node) =>
        node is YamlScalar scalar && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw YamlParser.Fault(node, "a whole number is expected here");

    private static ClaimList<T> ListOf<T>(YamlNode node)
        where T : ClaimObject, new() => ListOf(node, ItemOf<T>);

    private static ClaimList<T> ListOf<T>(YamlNode node, Func<YamlNode, T> read)
    {
        var list = new ClaimList<T>(node.AsList().Select(read));
        list.IsStatedEmpty = list.Count == 0;
        return list;
    }

    private static T ItemOf<T>(YamlNode node)
        where T : ClaimObject, new()
    {
        var target = new T();
        switch (node)
        {
            case YamlScalar { IsNull: true } when target is not IPlainForm:
                target.IsNull = true;
                return target;
            case YamlScalar { IsNull: false } scalar when target is IPlainForm plain:
                plain.Plain = scalar.Text;
                return target;
            default:
                return Read(target, node.AsMapping());
        }
    }

    private static JsonElement ToJson(YamlNode node)
    {
        var json = new GoJsonWriter();
        Write(json, node);
        
        // Signing checks whether a token can carry a member that is nested so deeply.
        return JsonElement.Parse(json.Written, new JsonDocumentOptions { MaxDepth = Math.Max(json.Depth, 1) });
    }

    private static void Write(GoJsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.BeginObject();
                foreach ((YamlScalar name, YamlNode value) in mapping.Members)
                {
                    json.Name(name.Text);
                    Write(json, value);
                }

                json.EndObject();
                break;
            case YamlSequence sequence:
                json.BeginArray();
                sequence.Items.ForEach(item => Write(json, item));
                json.EndArray();
                break;
            case YamlScalar scalar:
                WriteScalar(json, scalar);
                break;
        }
    }

    /// <summary>Writes a scalar of an unknown member, by the core schema of YAML 1.2.</summary>
    private static void WriteScalar(GoJsonWriter json, YamlScalar scalar)
    {
        if (scalar.IsNull)
        {
            json.Null();
        }
        else if (scalar is { IsPlain: true, Text: "true" or "false" })
        {
            json.Flag(scalar.Text == "true");
        }
        else if (scalar.IsPlain && JsonNumberText().IsMatch(scalar.Text))
        {
            json.RawNumber(scalar.Text);
        }
        else
        {
            json.Text(scalar.Text);
        }
    }

    /// <summary>Matches the numbers of JSON. Their text is kept exactly, because a floating-point number would lose digits.</summary>
    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumberText();

    private YamlNode? Find(string name)
    {
        known.Add(name);
        YamlNode? node = source.Find(name);
        return node is YamlScalar { IsNull: true } ? null : node;
    }

    private ClaimTable<T> MapOf<T>(string name, ClaimTable<T> values, Func<YamlNode, T> read)
    {
        if (Find(name) is not { } node)
        {
            return values;
        }

        var map = new ClaimTable<T>();
        foreach ((YamlScalar key, YamlNode value) in node.AsMapping().Members)
        {
            map[key.Text] = read(value);
        }

        return map;
    }

    private void RefuseWrongCase(YamlScalar name)
    {
        string? meant = known.FirstOrDefault(candidate => candidate.Equals(name.Text, StringComparison.OrdinalIgnoreCase));
        if (meant is not null)
        {
            throw YamlParser.Fault(name, $"'{name.Text}' must be spelled '{meant}'");
        }
    }
}

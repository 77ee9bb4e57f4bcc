using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>
/// Holds JSON against a schema of draft 7, as far as the shipped schemas use it. A keyword that it does not know is an error and is never
/// passed over.
/// </summary>
internal sealed class SchemaValidator(JsonElement schema)
{
    private static readonly HashSet<string> Annotations =
        ["$schema", "title", "description", "default", "examples", "definitions", "patternErrorMessage", "deprecationMessage"];

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>What is wrong, each with its place; nothing when all is well.</summary>
    public IReadOnlyList<string> Check(JsonElement value)
    {
        var faults = new List<string>();
        Check(value, schema, "", faults);
        return faults;
    }

    /// <summary>The schema that a node stands for, where it refers to another.</summary>
    public JsonElement Resolve(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out JsonElement reference)
            ? Resolve(schema.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..]))
            : node;

    /// <summary>Holds a value against a part of the schema.</summary>
    public IReadOnlyList<string> Check(JsonElement value, JsonElement part)
    {
        var faults = new List<string>();
        Check(value, part, "", faults);
        return faults;
    }

    private void Check(JsonElement value, JsonElement part, string place, List<string> faults)
    {
        part = Resolve(part);
        if (part.ValueKind == JsonValueKind.False)
        {
            faults.Add($"{place}: nothing may stand here");
        }

        if (part.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty keyword in part.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)))
        {
            if (Fault(value, keyword, part, place, faults) is { } fault)
            {
                faults.Add($"{place}: {fault}");
            }
        }
    }

    /// <summary>What one keyword has against a value; what it has against the parts of the value goes to the list.</summary>
    private string? Fault(JsonElement value, JsonProperty keyword, JsonElement part, string place, List<string> faults)
    {
        JsonElement asked = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                string[] types = asked.ValueKind == JsonValueKind.Array ? [.. asked.EnumerateArray().Select(type => type.GetString()!)]
                    : [asked.GetString()!];
                return types.Any(type => Is(value, type)) ? null : $"no {string.Join(" or ", types)}";
            case "enum":
                return asked.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)) ? null : "none of the values that are allowed";
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Matches(value.GetString()!, asked.GetString()!) ? null : $"does not match {asked}";
            case "minLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() >= asked.GetInt32() ? null
                    : "too short";
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= asked.GetInt32() ? null : "too long";
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= asked.GetDouble() ? null : $"below {asked}";
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() <= asked.GetDouble() ? null : $"above {asked}";
            case "required":
                return value.ValueKind == JsonValueKind.Object && asked.EnumerateArray()
                    .FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing
                    ? $"{missing} is missing"
                    : null;
            case "anyOf":
                IReadOnlyList<string>[] tries = [.. asked.EnumerateArray().Select(choice => Check(value, choice))];
                return tries.Any(found => found.Count == 0) ? null : $"none of: {string.Join("; ", tries.SelectMany(found => found))}";
            case "items":
                CheckItems(value, asked, place, faults);
                return null;
            case "properties":
                CheckMembers(value, part, place, faults);
                return null;
            case "patternProperties" or "additionalProperties":
                if (!part.TryGetProperty("properties", out _)
                    && (keyword.Name == "patternProperties" || !part.TryGetProperty("patternProperties", out _)))
                {
                    CheckMembers(value, part, place, faults);
                }

                return null;
            default:
                throw new NotSupportedException($"The schema has '{keyword.Name}', which this validator does not know.");
        }
    }

    private void CheckItems(JsonElement value, JsonElement items, string place, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(item, items, $"{place}[{index++}]", faults);
            }
        }
    }

    /// <summary>The three keywords of members are one question: what is neither named nor matched is additional.</summary>
    private void CheckMembers(JsonElement value, JsonElement part, string place, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            List<JsonElement> parts = [];
            if (part.TryGetProperty("properties", out JsonElement named) && named.TryGetProperty(member.Name, out JsonElement own))
            {
                parts.Add(own);
            }

            if (part.TryGetProperty("patternProperties", out JsonElement patterns))
            {
                parts.AddRange(patterns.EnumerateObject().Where(pattern => Matches(member.Name, pattern.Name)).Select(pattern => pattern.Value));
            }

            if (parts.Count == 0 && part.TryGetProperty("additionalProperties", out JsonElement others))
            {
                parts.Add(others);
            }

            parts.ForEach(each => Check(member.Value, each, $"{place}.{member.Name}", faults));
        }
    }

    /// <summary>Patterns are JavaScript's, whose end of the text is the end.</summary>
    private static bool Matches(string text, string pattern) =>
        Patterns.GetOrAdd(pattern, _ => new Regex(pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.ECMAScript)).IsMatch(text);

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException($"The schema has the type '{type}', which is none."),
    };
}

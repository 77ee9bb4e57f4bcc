using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NatsKeys.Rules;

/// <summary>Formats the values of claims as readable text: dates, durations and sizes. Tokens have numbers for all of them.</summary>
internal static partial class ClaimWords
{
    private const string NotSet = "not set";

    /// <summary>Formats a value: <c>5s</c> for <c>resp.ttl</c>, <c>64 KiB</c> for <c>limits.payload</c>.</summary>
    /// <param name="claim">Its place, such as <c>limits.conn</c>.</param>
    /// <param name="json">The value, as JSON; null for none.</param>
    /// <param name="other">The value on the other side of the difference, as JSON; null for none.</param>
    /// <param name="shown">Truncates a text that is too long.</param>
    /// <param name="named">Returns the name of a member of a list item.</param>
    public static string Of(string claim, string? json, string? other, Func<string, string> shown, Func<string, string> named)
    {
        string member = claim[(claim.LastIndexOf('.') + 1)..];
        if (json is null)
        {
            return claim is "exp" ? TimeParser.Show(null) : Absent(claim, member, other) ?? NotSet;
        }

        if (json[0] is not '{' and not '[')
        {
            return Number(member, json) ?? (Token().IsMatch(json) ? $"an activation (…{json[^7..^1]})" : shown(json));
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Item(document.RootElement, shown, named) : shown(json);
        }
        catch (JsonException)
        {
            return shown(json);
        }
    }

    /// <summary>
    /// Gets the revoked key and the export that its revocation belongs to (<c>exports[a].</c>, or nothing); null if the claim is not a revocation.
    /// </summary>
    /// <param name="claim">Its place.</param>
    public static (string Owner, string Key)? Revocation(string claim) =>
        Revoked().Match(claim) is { Success: true } match ? (match.Groups["owner"].Value, match.Groups["key"].Value) : null;

    /// <summary>Formats Unix seconds as a date; returns the value itself if it is not a number.</summary>
    /// <param name="json">The value, as JSON.</param>
    public static string Date(string json) => long.TryParse(json, CultureInfo.InvariantCulture, out long seconds)
        ? TimeParser.Show(UnixTime.ToDate(seconds))
        : json;

    /// <summary>
    /// Formats the value that an absent claim has. Tokens leave out zero and false, so an absent limit allows nothing, and an absent switch is off.
    /// </summary>
    /// <returns>0 in the unit of the limit, or false; null for a claim whose absence is not a value.</returns>
    private static string? Absent(string claim, string member, string? other) =>
        other is "true" && SettingNames.IsSwitch(member) ? "false"
        : SettingNames.IsLimit(claim) && long.TryParse(other, CultureInfo.InvariantCulture, out _) ? Number(member, "0")
        : null;

    /// <summary>Formats a number in the unit of its claim; null if it is not a number.</summary>
    private static string? Number(string member, string json) => !long.TryParse(json, CultureInfo.InvariantCulture, out long value) ? null
        : member switch
        {
            "exp" or "nbf" or "iat" => TimeParser.Show(UnixTime.ToDate(value)),
            "ttl" or "response_threshold" => TimeParser.ShowDuration(value),
            "payload" or "data" or "mem_storage" or "disk_storage" or "mem_max_stream_bytes" or "disk_max_stream_bytes" =>
                LimitParser.ShowSize(value),
            "sampling" or "weight" => $"{json}%",
            _ => LimitParser.Show(value),
        };

    /// <summary>Formats a list item: what identifies it, then its other members.</summary>
    private static string Item(JsonElement item, Func<string, string> shown, Func<string, string> named)
    {
        if (item.TryGetProperty("start", out JsonElement start) && item.TryGetProperty("end", out JsonElement end)
            && (start.ValueKind, end.ValueKind) == (JsonValueKind.String, JsonValueKind.String))
        {
            return $"{Bare(start)}-{Bare(end)}";
        }

        string? head = ((ReadOnlySpan<string>)["subject", "role", "key"]).ToArray().FirstOrDefault(name =>
            item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 });
        var members = new List<string>();
        foreach (JsonProperty member in item.EnumerateObject().Where(member => member.Name != head))
        {
            Add(member.Name, member.Value, members, shown, named);
        }

        string rest = string.Join(", ", members);
        return head is null ? rest : rest.Length == 0 ? Bare(item.GetProperty(head)) : $"{shown(Bare(item.GetProperty(head)))} ({rest})";
    }

    /// <summary>Adds a member with its value; for an object, each of its members with its place.</summary>
    private static void Add(string place, JsonElement value, List<string> members, Func<string, string> shown, Func<string, string> named)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Add($"{place}.{member.Name}", member.Value, members, shown, named);
                }

                break;
            case JsonValueKind.Array:
                members.Add($"{named(place)} [{string.Join(", ", value.EnumerateArray().Select(item =>
                    item.ValueKind == JsonValueKind.Object ? Item(item, shown, named) : shown(Bare(item))))}]");
                break;
            case JsonValueKind.True:
                members.Add(named(place));
                break;
            case JsonValueKind.String when Token().IsMatch(value.GetRawText()):
                members.Add("with an activation");
                break;
            case JsonValueKind.Number when Revocation(place) is not null:
                members.Add($"{place} {Date(value.GetRawText())}");
                break;
            default:
                members.Add($"{named(place)} {shown(Number(place[(place.LastIndexOf('.') + 1)..], value.GetRawText()) ?? Bare(value))}");
                break;
        }
    }

    /// <summary>Returns a text without quotes if it is unambiguous, otherwise as JSON.</summary>
    private static string Bare(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && Plain().IsMatch(text) ? text : value.GetRawText();

    [GeneratedRegex(@"^(?<owner>(?:exports\[.*\]\.)?)revocations\.(?<key>[^.\[\]]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Revoked();

    /// <summary>Matches a token. The only ones in claims are the activations of imports, and nobody reads their text.</summary>
    [GeneratedRegex(@"^""eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+""\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z0-9._*>$:/=+@-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>What an editor makes of YAML: the core types of YAML 1.2, without a look at what the module wants.</summary>
internal static partial class YamlAsJson
{
    public static JsonElement Convert(YamlNode node) => JsonElement.Parse(Text(node), new JsonDocumentOptions { MaxDepth = 128 });

    private static string Text(YamlNode node) => node switch
    {
        YamlMapping mapping =>
            $"{{{string.Join(',', mapping.Members.Select(member => $"{JsonSerializer.Serialize(member.Key.Text)}:{Text(member.Value)}"))}}}",
        YamlSequence sequence => $"[{string.Join(',', sequence.Items.Select(Text))}]",
        _ => Scalar((YamlScalar)node),
    };

    private static string Scalar(YamlScalar scalar) => scalar switch
    {
        { IsNull: true } => "null",
        { IsPlain: true, Text: "true" or "True" or "TRUE" } => "true",
        { IsPlain: true, Text: "false" or "False" or "FALSE" } => "false",
        { IsPlain: true } when Number().Match(scalar.Text) is { Success: true } number => Sign(number) + Whole(number) + number.Groups["rest"].Value,
        _ => JsonSerializer.Serialize(scalar.Text),
    };

    private static string Sign(Match number) => number.Groups["sign"].Value == "-" ? "-" : "";

    /// <summary>JSON has no leading zeros.</summary>
    private static string Whole(Match number) => number.Groups["whole"].Value.TrimStart('0') is { Length: > 0 } digits ? digits : "0";

    [GeneratedRegex(@"^(?<sign>[-+]?)(?<whole>[0-9]+)(?<rest>(\.[0-9]+)?([eE][-+]?[0-9]+)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}

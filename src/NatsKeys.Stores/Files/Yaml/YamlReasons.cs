using YamlDotNet.Core;

namespace NatsKeys.Files;

/// <summary>Says what is wrong with a text that is not YAML. The words of the library are for those who know the grammar.</summary>
internal static class YamlReasons
{
    /// <summary>The reason if nothing more is known.</summary>
    public const string Unknown = "this is not valid YAML";

    /// <summary>The reason for brackets that are not closed and escapes that do not exist, if the library does not tell which it is.</summary>
    public const string Unclosed = "a bracket or a quote is not closed, or an escape is not valid";

    // The parts of the library's messages, the more special ones first.
    private static readonly (string Part, string Reason)[] Reasons =
    [
        ("invalid tab", "a tab is used for indentation; use spaces"),
        ("tab character", "a tab is used for indentation; use spaces"),
        ("anchor", "anchors and aliases are not allowed in this file; text that begins with '&' or '*' needs quotes"),
        ("alias", "anchors and aliases are not allowed in this file; text that begins with '&' or '*' needs quotes"),
        ("directive", "directives are not allowed in this file; text that begins with '%' needs quotes"),
        ("tag", "tags are not allowed in this file; text that begins with '!' needs quotes"),
        ("flow mapping", "'}' or ',' is expected here; text with braces needs quotes"),
        ("flow sequence", "']' or ',' is expected here; text with brackets needs quotes"),
        ("flow entry", "a comment needs a space before it"),
        ("unexpected end of stream", "a quote is not closed"),
        ("unexpected document", "a quote is not closed"),
        ("wrong indentation", "the lines of a text in quotes must be indented"),
        ("escape", "this escape is not valid; within double quotes, write '\\\\' for a backslash"),
        ("hexadecimal", "this escape is not valid; within double quotes, write '\\\\' for a backslash"),
        ("surrogate", "this escape is not valid; within double quotes, write '\\\\' for a backslash"),
        ("expected ':'", "a ':' with a space behind it is missing"),
        ("block mapping", "this does not match the lines above; check the indentation, the quotes, and the ':' after each name"),
        ("block collection", "this does not match the list above; check the indentation"),
        ("entries are not allowed", "a list cannot begin here; put each '-' on a line of its own"),
        ("values are not allowed", "a ': ' is not expected here; text with ': ' needs quotes, and the names of one group have the same indentation"),
        ("invalid mapping", "a ': ' is not expected here; text with ': ' needs quotes, and the names of one group have the same indentation"),
        ("keys are not allowed", "a '? ' is not expected here; text that begins with it needs quotes"),
        ("key indicator", "a '? ' is not expected here; text that begins with it needs quotes"),
        ("cannot start any token", "a text cannot begin with this character; put it in quotes"),
        ("block scalar", "the first line of a text of several lines has a wrong indentation, or a comment"),
        ("plain scalar", "a comment cannot stand within a text; put the text in quotes"),
        ("comment", "a comment needs a space before it"),
        ("<document", "this does not match the lines above; check the indentation and the quotes"),
        ("end of the stream", "the file ends too early"),
        ("parsing a node", "a value is expected here"),
    ];

    /// <summary>Returns the reason for an error of the library.</summary>
    /// <param name="error">The error.</param>
    public static string Of(YamlException error)
    {
        string message = error.InnerException?.Message ?? error.Message;
        return Array.Find(Reasons, reason => message.Contains(reason.Part, StringComparison.OrdinalIgnoreCase)).Reason ?? Unknown;
    }
}

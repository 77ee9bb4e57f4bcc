using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Files;

namespace NatsKeys.Inspection;

/// <summary>Finds the lines of claims in an entity file.</summary>
internal sealed class ClaimLines
{
    private readonly YamlMapping root;

    private ClaimLines(YamlMapping root) => this.root = root;

    /// <summary>Reads a file; null if it no longer exists or cannot be read.</summary>
    public static ClaimLines? TryRead(string file)
    {
        try
        {
            return SafeFiles.Read(file, FileKind.Entity) is { } text
                ? new ClaimLines(YamlParser.Parse(TextDecoder.Decode(text, FileKind.Entity)))
                : null;
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    /// <summary>The line of a claim, or of the nearest claim above it; null if the file has neither.</summary>
    /// <param name="claim">The claim as in findings, such as <c>exports[2].subject</c>.</param>
    public int? Find(string claim)
    {
        string[] steps = claim.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        if (steps.Length == 0)
        {
            return null;
        }

        // Claims that all tokens have are at the top of the file, under other names.
        steps[0] = steps[0] switch
        {
            "exp" => "expires",
            "nbf" => "not_before",
            "iss" => "issuer",
            "nats" => "claims",
            var other => other,
        };
        return root.Find(steps[0]) is null && root.Find("claims") is { } claims ? Walk(claims, steps) : Walk(root, steps);
    }

    private static int? Walk(YamlNode node, string[] steps)
    {
        int? line = null;
        string list = "";
        foreach (string step in steps)
        {
            if (node is YamlMapping mapping
                && mapping.PlaceOf(step) is >= 0 and int place
                && mapping.Members[place] is { Key: { } name, Value: { } value })
            {
                (node, line, list) = (value, name.Line, step);
            }
            else if (node is YamlSequence sequence
                && int.TryParse(step.Trim('[', ']'), CultureInfo.InvariantCulture, out int index)
                && index < sequence.Items.Count)
            {
                node = InTokenOrder(sequence, list).ElementAt(index);
                line = node.Line;
            }
            else
            {
                return line;
            }
        }

        return line;
    }

    /// <summary>The items in the order of the token, which sorts these lists. The file may have another order.</summary>
    private static IEnumerable<YamlNode> InTokenOrder(YamlSequence items, string list)
    {
        string? sortedBy = list switch
        {
            "exports" or "imports" => "subject",
            "signing_keys" => "key",
            _ => null,
        };
        return sortedBy is null
            ? items.Items
            : items.Items.OrderBy(
                item => ((item as YamlMapping)?.Find(sortedBy) as YamlScalar ?? item as YamlScalar)?.Text ?? "", Utf8Order.Instance);
    }
}

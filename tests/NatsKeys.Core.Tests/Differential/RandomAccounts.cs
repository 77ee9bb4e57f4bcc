using System.Globalization;
using System.Text.Json.Nodes;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>Accounts that export to each other, import from each other and map, right and wrong, of few words so that they meet.</summary>
/// <param name="seed">Which ones.</param>
internal sealed class RandomAccounts(int seed)
{
    private static readonly string[] Words = ["a", "b", "c"];
    private static readonly string[] Targets =
    [
        "$1", "$2", "$0", "$x", "{{wildcard(1)}}", "{{wildcard(2)}}", "{{wildcard(one)}}", "{{wildcard()}}", "{{wildcrad(1)}}", "{{partition(3,1)}}",
        "{{partition(3)}}", "{{Partition(3,1,2)}}",
        "{{partition(9999999999,1)}}", "{{splitfromleft(1)}}", "{{splitfromleft(1,1)}}", "{{SplitFromRight(1,2)}}", "{{slicefromleft(1,2)}}",
        "{{slicefromright(1,9999999999)}}", "{{split(1,-)}}", "{{split(1)}}",
        "{{left(1,1)}}", "{{right(1,1)}}", "{{random(3)}}", "{{random(1,2)}}", "pre{{wildcard(1)}}", "{{}}", "*", ">",
    ];

#pragma warning disable CA5394 // Nothing secret comes of it, and a seed must give the same again.
    private readonly Random random = new(seed);

    /// <summary>Gets whether something of this probability happens.</summary>
    internal bool Happens(double probability) => random.NextDouble() < probability;

    /// <summary>Gets a number below another one.</summary>
    internal int Number(int below) => random.Next(below);
#pragma warning restore CA5394

    /// <summary>Makes what an account states.</summary>
    /// <param name="own">The key of the account.</param>
    /// <param name="others">All accounts, and some that are not there.</param>
    /// <param name="activate">Makes an activation of an account for a subject and a type.</param>
    internal JsonObject Account(string own, IReadOnlyList<NatsKeyPair> others, Func<NatsKeyPair, string, string, string> activate)
    {
        var exports = new JsonArray();
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        for (int left = Number(4); left > 0; left--)
        {
            string subject = Subject(0.4);
            string type = Type();
            if (subjects.Add(subject[..1] + type))
            {
                exports.Add(Export(subject, type));
            }
        }

        var imports = new JsonArray();
        for (int left = Number(5); left > 0; left--)
        {
            imports.Add(Import(own, others[Number(others.Count)], activate));
        }

        var mappings = new JsonObject();
        for (int left = Number(4); left > 0; left--)
        {
            string source = Subject(0.5);
            mappings[source] = new JsonArray([.. Enumerable.Range(0, 1 + Number(2)).Select(_ => (JsonNode)Target(source))]);
        }

        return new JsonObject { ["exports"] = exports, ["imports"] = imports, ["mappings"] = mappings };
    }

    private JsonObject Export(string subject, string type)
    {
        var export = new JsonObject { ["name"] = "e", ["subject"] = subject, ["type"] = type };
        int star = Array.IndexOf(subject.Split('.'), "*");
        if (star >= 0 && Happens(0.2))
        {
            export["account_token_position"] = star + 1;
        }
        else if (Happens(0.3))
        {
            export["token_req"] = true;
            if (Happens(0.2))
            {
                export["revocations"] = new JsonObject { ["*"] = 1_800_000_000 };
            }
        }

        return export;
    }

    private JsonObject Import(string own, NatsKeyPair exporter, Func<NatsKeyPair, string, string, string> activate)
    {
        string subject = Subject(0.4);
        string type = Type();
        if (Happens(0.1))
        {
            subject = string.Join('.', subject.Split('.').Select(token => token == "*" && Happens(0.7) ? own : token));
        }

        var import = new JsonObject { ["name"] = "i", ["subject"] = subject, ["account"] = exporter.PublicKey, ["type"] = type };
        if (Happens(0.4))
        {
            int wildcard = 0;
            import["local_subject"] = (Happens(0.6) ? "l." : "") + string.Join('.', subject.Split('.').Select(token =>
                token == "*" && Happens(0.8) ? string.Create(CultureInfo.InvariantCulture, $"${++wildcard}") : token is "*" or ">" || Happens(0.6)
                    ? token : Word()));
        }

        if (Happens(0.4))
        {
            import["token"] = activate(exporter, subject, type);
        }

        return import;
    }

    private JsonObject Target(string source)
    {
        int wildcard = 0;
        string target = string.Join('.', source.Split('.').Select(token => token switch
        {
            "*" when Happens(0.6) => string.Create(CultureInfo.InvariantCulture, $"${++wildcard}"),
            "*" => Targets[Number(Targets.Length)],
            ">" when Happens(0.9) => ">",
            _ when Happens(0.15) => Targets[Number(Targets.Length)],
            _ => Word(),
        }));
        var made = new JsonObject { ["subject"] = target };
        if (Happens(0.5))
        {
            made["weight"] = 10 + Number(50);
        }

        if (Happens(0.2))
        {
            made["cluster"] = Word();
        }

        return made;
    }

    private string Subject(double wildcards)
    {
        List<string> tokens = [Word()];
        for (int left = Number(3); left > 0; left--)
        {
            tokens.Add(Happens(wildcards) ? "*" : Word());
        }

        if (Happens(wildcards / 3))
        {
            tokens.Add(">");
        }

        return string.Join('.', tokens);
    }

    private string Word() => Words[Number(Words.Length)];

    private string Type() => Happens(0.5) ? "stream" : "service";
}

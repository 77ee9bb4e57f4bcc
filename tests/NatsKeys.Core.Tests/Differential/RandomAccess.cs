using System.Globalization;
using System.Text.Json.Nodes;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>Makes up accounts that export, import and map, and users who may do some of what there is. All subjects are of few tokens, so that they
/// meet.</summary>
internal sealed class RandomAccess(int seed)
{
    private static readonly string[] Tokens = ["a", "b", "c"];
    private readonly Random random = new(seed);

    internal bool Happens(double probability) => random.NextDouble() < probability;

    internal int Number(int below) => random.Next(below);

    internal T One<T>(params T[] things) => things[random.Next(things.Length)];

    /// <summary>A subject of up to three tokens.</summary>
    internal string Subject(bool hasWildcards)
    {
        string[] tokens = [.. Enumerable.Range(0, One(1, 2, 2, 3)).Select(_ => hasWildcards && Happens(0.3) ? "*" : One(Tokens))];
        return string.Join('.', hasWildcards && Happens(0.25) ? [.. tokens[..^1], ">"] : tokens);
    }

    /// <summary>Permissions with denies and queue groups; sometimes none.</summary>
    internal JsonObject Permissions() => new()
    {
        ["pub"] = Side(hasQueues: false),
        ["sub"] = Side(hasQueues: true),
    };

    internal JsonObject User()
    {
        JsonObject nats = Happens(0.15) ? [] : Permissions();
        nats["type"] = "user";
        nats["version"] = 2;
        nats["subs"] = -1;
        nats["data"] = -1;
        nats["payload"] = -1;
        return nats;
    }

    /// <summary>What an account exports: a stream and two services, which do not overlap.</summary>
    internal JsonArray Exports() =>
    [
        Export("stream", One("a.>", "a.*", "a.b", "*.*", "a.*.c", ">")),
        Export("service", One("b.>", "b.*", "b.a", "b.*.*")),
        Export("service", One("c.>", "c.*", "c.c")),
    ];

    /// <summary>An import of what an account exports, as it is or under another subject.</summary>
    internal JsonObject Import(JsonNode export, string exporter)
    {
        (string subject, string type) = (export["subject"]!.ToString(), export["type"]!.ToString());
        int wildcards = subject.Split('.').Count(token => token == "*");
        bool hasTail = subject.EndsWith('>');
        var import = new JsonObject { ["name"] = $"i{random.Next()}", ["subject"] = subject, ["type"] = type, ["account"] = exporter };
        if (Happens(0.7))
        {
            // Sometimes the wildcards change places.
            IEnumerable<string> tokens = Enumerable.Range(1, wildcards).Select(number => string.Create(CultureInfo.InvariantCulture, $"${number}"));
            string[] all = [One(Tokens), .. Happens(0.5) ? tokens : tokens.Reverse(), .. hasTail ? [">"] : Array.Empty<string>()];
            import["local_subject"] = string.Join('.', Happens(0.3) ? [One(Tokens), .. all] : all);
        }

        return import;
    }

    /// <summary>Mappings whose sources do not overlap.</summary>
    internal JsonObject Mappings()
    {
        var mappings = new JsonObject();
        foreach ((string source, string[] targets) in new (string, string[])[]
        {
            ("a.a", ["b.a", "c.c", "a.b.c"]), ("b.*", ["a.$1", "c.$1.b", "b.{{wildcard(1)}}.c"]), ("c.*.*", ["a.$2.$1", "b.$1", "c.$2"]), ("c.a.>",
                ["b.>", "a.b.>"]),
        })
        {
            if (Happens(0.25) && !(source == "c.a.>" && mappings.ContainsKey("c.*.*")))
            {
                mappings[source] = new JsonArray(new JsonObject { ["subject"] = One(targets), ["weight"] = Happens(0.7) ? 100 : 50 });
            }
        }

        return mappings;
    }

    private static JsonObject Export(string type, string subject) => new() { ["name"] = $"{type} {subject}", ["subject"] = subject, ["type"] = type };

    private JsonObject Side(bool hasQueues)
    {
        var side = new JsonObject();
        foreach ((string list, int most) in new[] { ("allow", 4), ("deny", 2) })
        {
            JsonArray entries = [.. Enumerable.Range(0, random.Next(most)).Select(_ => (JsonNode)Entry(hasQueues)!)];
            if (entries.Count > 0)
            {
                side[list] = entries;
            }
        }

        return side;
    }

    private string Entry(bool hasQueues) => Subject(hasWildcards: true) + (hasQueues && Happens(0.15) ? One(" q", " *", " q.x", " w") : "");
}

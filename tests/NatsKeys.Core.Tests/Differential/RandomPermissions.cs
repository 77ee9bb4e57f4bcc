using System.Text.Json.Nodes;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>Makes up permissions, and subjects that lie near them.</summary>
internal sealed class RandomPermissions(int seed)
{
    private static readonly string[] Tokens = ["a", "b", "c", "foo", "bar", "*", ">", "$JS", "API", "_INBOX", "x", "tele", "q", "é", "f*o", "foo>"];
    private static readonly string[] Queues = ["q", "q.*", "q.a", "q.>", "*", ">", "w", "v1.*", "w*", "Q", "q..a"];
    private readonly Random random = new(seed);

    /// <summary>Gets one of some things.</summary>
    internal T One<T>(params T[] things) => things[random.Next(things.Length)];

    /// <summary>Gets whether something of a probability happens.</summary>
    internal bool Happens(double probability) => random.NextDouble() < probability;

    internal int Number(int below) => random.Next(below);

    internal string Subject(bool hasWildcards)
    {
        int length = One(1, 1, 2, 2, 2, 3, 3, 4);
        var tokens = new List<string>();
        while (tokens.Count < length)
        {
            string token = One(Tokens);
            bool isWildcard = token is "*" or ">";
            if (!isWildcard || (hasWildcards && (token != ">" || tokens.Count == length - 1)))
            {
                tokens.Add(token);
            }
        }

        return string.Join('.', tokens);
    }

    internal string? Queue() => Happens(0.4) ? null : One([.. Queues, "q.a", "v1.a", "v1.*", "q."]);

    /// <summary>The permissions of a user. Some of the lists are stated and empty.</summary>
    internal JsonObject OfUser()
    {
        var nats = new JsonObject { ["subs"] = -1, ["data"] = -1, ["payload"] = -1, ["type"] = "user", ["version"] = 2 };
        nats["pub"] = Side(hasQueues: false, hasBad: false);
        nats["sub"] = Side(hasQueues: true, hasBad: false);
        if (Happens(0.15))
        {
            nats["resp"] = new JsonObject { ["max"] = One(1, -1, 0, 5), ["ttl"] = One(0, 1_000_000_000, -1) };
        }

        return nats;
    }

    /// <summary>The template of a role. Nobody validates it, so it may have what is no subject.</summary>
    internal JsonObject OfRole()
    {
        var template = new JsonObject { ["subs"] = -1, ["data"] = -1, ["payload"] = -1, ["pub"] = Side(hasQueues: Happens(0.1), hasBad: true),
            ["sub"] = Side(hasQueues: true, hasBad: true) };
        if (Happens(0.1))
        {
            template["resp"] = new JsonObject { ["max"] = 1, ["ttl"] = 0 };
        }

        return template;
    }

    internal JsonArray Tags() =>
        [.. new[] { "team:red", "team:blue", "team:red.dot", "site:x", "site:a.b", "team:*", "site:>", "other:1" }.Where(_ => Happens(0.3))
            .Select(tag => (JsonNode)tag!)];

    /// <summary>A subject that is near one of some entries, more often than not.</summary>
    internal string Near(IReadOnlyList<string> entries, bool hasWildcards)
    {
        if (entries.Count == 0 || Happens(0.3))
        {
            return Subject(hasWildcards);
        }

        List<string> tokens = [.. One([.. entries]).Split(' ')[0].Split('.')];
        for (int index = 0; index < tokens.Count; index++)
        {
            if (tokens[index].Length == 0 || (tokens[index] is "*" or ">" && (!hasWildcards || Happens(0.4)))
                || tokens[index].Contains("{{", StringComparison.Ordinal))
            {
                tokens[index] = One("a", "b", "foo", "bar", "x", "red", "blue");
            }
        }

        if (Happens(0.25))
        {
            tokens.Add(One(hasWildcards ? ["a", "bar", "x", "*", ">"] : new[] { "a", "bar", "x" }));
        }

        if (Happens(0.15) && tokens.Count > 1)
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        if (Happens(0.2))
        {
            tokens[random.Next(tokens.Count)] = One(hasWildcards ? ["a", "foo", "zz", "*"] : new[] { "a", "foo", "zz" });
        }

        if (hasWildcards && Happens(0.15))
        {
            tokens[^1] = ">";
        }

        return string.Join('.', tokens);
    }

    private JsonObject Side(bool hasQueues, bool hasBad)
    {
        var side = new JsonObject();
        foreach ((string list, int most, double stated) in new[] { ("allow", 3, 0.08), ("deny", 2, 0.04) })
        {
            JsonArray entries = [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => (JsonNode)Entry(hasQueues, hasBad)!)];
            if (entries.Count > 0 || Happens(stated))
            {
                side[list] = entries;
            }
        }

        return side;
    }

    private string Entry(bool hasQueues, bool hasBad)
    {
        string subject = hasBad && Happens(0.35)
            ? One("tele.{{name()}}.>", "{{tag(team)}}.{{tag(site)}}.x", "g.{{tag(team)}}", "foo.{{ name() }}", "KV_{{name()}}.a", "{{TAG(team)}}.x",
                "{{account-tag(region)}}.>", "b.{{account-name()}}",
                "{{subject()}}.a", "{{nosuch()}}.a", "{{tag(team)}}.{{tag(team)}}", "a..{{tag(team)}}", "{{name()}}.{{tag(nope)}}", "foo..bar",
                ".foo", ">.foo", "foo.>.bar", "{{}}", "{{}.a")
            : Subject(hasWildcards: true);
        return hasQueues && Happens(0.35) ? $"{subject} {One(Queues)}" : subject;
    }
}

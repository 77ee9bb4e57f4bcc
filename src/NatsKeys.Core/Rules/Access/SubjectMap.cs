namespace NatsKeys.Rules;

/// <summary>
/// How servers make one subject of another, by a mapping or an import under another subject, applied to sets of subjects. Wildcards that the target
/// repeats in any order make it exact in both directions. Functions, and wildcards that the target leaves out or repeats, do not: then the sets have
/// whatever may be in them.
/// </summary>
internal sealed class SubjectMap
{
    private readonly string[] source;
    private readonly TargetToken[] target;
    private readonly SubjectPattern from;
    private readonly SubjectPattern to;
    private readonly int[] places;

    private SubjectMap(string source, IEnumerable<TargetToken> target)
    {
        this.source = source.Split('.');
        from = SubjectPattern.Of(this.source);
        places = [.. this.source.Select((token, index) => (token, index)).Where(item => item.token == "*").Select(item => item.index)];

        // What a function makes of several tokens is the rest of the subject, whatever follows.
        TargetToken[] all = [.. target];
        int open = Array.FindIndex(all, token => token is { IsComputed: true, Text: ">" });
        this.target = open < 0 ? all : all[..(open + 1)];
        to = SubjectPattern.Of([.. this.target.Select(token => token.Text)]);
        IsExact = !this.target.Any(token => token.IsComputed)
            && this.target.Select(token => token.Wildcard).OfType<int>().Order().SequenceEqual(Enumerable.Range(1, places.Length));
    }

    /// <summary>Whether sets that it makes have nothing that may not be in them.</summary>
    public bool IsExact { get; }

    /// <summary>The subjects that it applies to.</summary>
    public SubjectSet Source => SubjectSet.Of(from);

    /// <summary>The map of a mapping.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="server">The version of the server.</param>
    public static SubjectMap OfMapping(string source, string target, ServerVersion server) =>
        new(source, new SubjectTransform(server).TokensOf(target, source.Split('.').Count(token => token == "*")));

    /// <summary>The map of an import, in the direction of its messages: streams come to our side, requests leave it.</summary>
    /// <param name="import">Its subjects on our side and on that of the exporter.</param>
    /// <param name="isService">Whether it is a service.</param>
    /// <param name="server">The version of the server.</param>
    public static SubjectMap OfImport((string Local, string Foreign) import, bool isService, ServerVersion server)
    {
        int wildcards = import.Foreign.Split('.').Count(token => token == "*");
        TargetToken[] local = [.. new SubjectTransform(server).TokensOf(SubjectTransform.Numbered(import.Local), wildcards)];
        if (!isService)
        {
            return new SubjectMap(import.Foreign, local);
        }

        // The wildcards of our side, in their order, are those of the exporter in any order.
        int[] order = [.. local.Select(token => token.Wildcard).OfType<int>()];
        int number = 0;
        return new SubjectMap(
            string.Join('.', local.Select(token => token.Text)),
            import.Foreign.Split('.').Select(
                token => token == "*" ? new TargetToken("*", Array.IndexOf(order, ++number) + 1) : new TargetToken(token, Wildcard: null)));
    }

    /// <summary>What becomes of a set.</summary>
    /// <param name="set">The set.</param>
    public SubjectSet Image(SubjectSet set) => SubjectSet.Union(
        from part in set.Intersect(Source).Parts
        select SubjectSet.Of(Image(part.Include), IsExact ? part.Exclude.Select(Image) : []));

    /// <summary>What becomes a part of a set.</summary>
    /// <param name="set">The set.</param>
    public SubjectSet Preimage(SubjectSet set) => SubjectSet.Union(
        from part in set.Parts
        let include = Preimage(part.Include)
        where include is not null
        select SubjectSet.Of(include, part.Exclude.Where(pattern => !Computes(pattern)).Select(Preimage).OfType<SubjectPattern>()));

    /// <summary>What becomes of a pattern of which the source covers everything.</summary>
    private SubjectPattern Image(SubjectPattern pattern)
    {
        string[] tokens = (pattern.Intersect(from) ?? from).Tokens.ToArray();
        return SubjectPattern.Of([.. target.SelectMany(token => token switch
        {
            { Wildcard: { } number } => [tokens[places[number - 1]]],
            { Text: ">", IsComputed: false } => tokens[(source.Length - 1)..],
            _ => (string[])[token.Text],
        })]);
    }

    private SubjectPattern? Preimage(SubjectPattern pattern)
    {
        if (to.Intersect(pattern) is not { } common)
        {
            return null;
        }

        string[] tokens = common.Tokens.ToArray();
        string[] made = [.. source];
        for (int index = 0; index < target.Length; index++)
        {
            // Where one wildcard stands in several places, all of them have the same token.
            if (target[index].Wildcard is { } number && tokens[index] != "*")
            {
                int place = places[number - 1];
                if (made[place] != "*" && made[place] != tokens[index])
                {
                    return null;
                }

                made[place] = tokens[index];
            }
        }

        return source[^1] == ">" && target[^1] is { Text: ">", IsComputed: false }
            ? SubjectPattern.Of([.. made[..^1], .. tokens[(target.Length - 1)..]])
            : SubjectPattern.Of(made);
    }

    /// <summary>Whether a pattern asks for something that a function makes: nothing is known to become that.</summary>
    private bool Computes(SubjectPattern pattern) =>
        target.Any(token => token.IsComputed)
        && !pattern.Covers(to)
        && to.Intersect(pattern) is { } common
        && target.Index().Any(
            token => token.Item.IsComputed && (token.Index >= common.Tokens.Length || common.Tokens[token.Index] != token.Item.Text));
}

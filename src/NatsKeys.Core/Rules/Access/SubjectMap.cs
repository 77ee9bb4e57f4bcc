namespace NatsKeys.Rules;

/// <summary>
/// Applies a subject transformation of servers, by a mapping or an import under another subject, to sets of subjects. The result is exact in both
/// directions if the target has each wildcard once, in any order. If the target has functions, or omits or repeats wildcards, the result includes
/// every subject that may belong to it.
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

        // If a function produces several tokens, the rest of the subject is unknown, whatever follows.
        TargetToken[] all = [.. target];
        int open = Array.FindIndex(all, token => token is { IsComputed: true, Text: ">" });
        this.target = open < 0 ? all : all[..(open + 1)];
        to = SubjectPattern.Of([.. this.target.Select(token => token.Text)]);
        IsExact = !this.target.Any(token => token.IsComputed)
            && this.target.Select(token => token.Wildcard).OfType<int>().Order().SequenceEqual(Enumerable.Range(1, places.Length));
    }

    /// <summary>Whether the sets that it produces contain only subjects that belong to them.</summary>
    public bool IsExact { get; }

    /// <summary>The subjects to which it applies.</summary>
    public SubjectSet Source => SubjectSet.Of(from);

    /// <summary>Creates the map of a mapping.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="server">The version of the server.</param>
    public static SubjectMap OfMapping(string source, string target, ServerVersion server) =>
        new(source, new SubjectTransform(server).TokensOf(target, source.Split('.').Count(token => token == "*")));

    /// <summary>
    /// Creates the map of an import, in the direction of its messages: stream messages come in from the exporter, requests go out to it.
    /// </summary>
    /// <param name="import">Its subjects on the importer's and on the exporter's side.</param>
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

        // The importer's wildcards, in their order, are those of the exporter in any order.
        int[] order = [.. local.Select(token => token.Wildcard).OfType<int>()];
        int number = 0;
        return new SubjectMap(
            string.Join('.', local.Select(token => token.Text)),
            import.Foreign.Split('.').Select(
                token => token == "*" ? new TargetToken("*", Array.IndexOf(order, ++number) + 1) : new TargetToken(token, Wildcard: null)));
    }

    /// <summary>Returns the subjects that the subjects of a set become.</summary>
    /// <param name="set">The set.</param>
    public SubjectSet Image(SubjectSet set) => SubjectSet.Union(
        from part in set.Intersect(Source).Parts
        select SubjectSet.Of(Image(part.Include), IsExact ? part.Exclude.Select(Image) : []));

    /// <summary>Returns the subjects that become subjects of a set.</summary>
    /// <param name="set">The set.</param>
    public SubjectSet Preimage(SubjectSet set) => SubjectSet.Union(
        from part in set.Parts
        let include = Preimage(part.Include)
        where include is not null
        select SubjectSet.Of(include, part.Exclude.Where(pattern => !Computes(pattern)).Select(Preimage).OfType<SubjectPattern>()));

    /// <summary>Returns the pattern that a pattern becomes. The source covers all of it.</summary>
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
            // A wildcard that the target repeats has the same token everywhere.
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

    /// <summary>Whether a pattern restricts a token that a function produces: no subject is certain to match it.</summary>
    private bool Computes(SubjectPattern pattern) =>
        target.Any(token => token.IsComputed)
        && !pattern.Covers(to)
        && to.Intersect(pattern) is { } common
        && target.Index().Any(
            token => token.Item.IsComputed && (token.Index >= common.Tokens.Length || common.Tokens[token.Index] != token.Item.Text));
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace NatsKeys.Rules;

/// <summary>
/// Determines whether servers can transform one subject into another, in mappings and in imports with a local subject. For each version, the rules
/// are those of subject_transform.go of the server, or of accounts.go before 2.10.
/// </summary>
/// <param name="server">The version of the server.</param>
internal sealed partial class SubjectTransform(ServerVersion server)
{
    private const char Tail = '>';

    // Whether a target may omit wildcards of the source, and whether functions are errors if the source has no wildcards.
    private readonly bool isLoose = server.Has(ServerFeature.LooseMappings);
    private readonly bool hasRandom = server.Has(ServerFeature.RandomMappings);
    private readonly bool hasSides = server.Has(ServerFeature.SideMappings);
    private readonly bool isNarrow = server.Has(ServerFeature.MappingArguments);

    /// <summary>Finds the reason why a server does not map a subject to a target; null if it does.</summary>
    /// <param name="source">The subject to which messages are published.</param>
    /// <param name="target">The subject to which they are redirected.</param>
    public TransformFault? OfMapping(string source, string target)
    {
        foreach (string token in target.Split('.').Where(LooksLikeCall))
        {
            // Older servers support left() and right() when they apply a mapping, but reject them when they load it.
            if (!KnownFunction().IsMatch(token) && !(hasRandom && Random().IsMatch(token)) && !(hasSides && Slices().IsMatch(token)))
            {
                return new TransformFault($"'{Excerpt.Of(token)}' is not a mapping function");
            }
        }

        return target.Split('.').Any(token => !LooksLikeCall(token) && token.AsSpan().ContainsAny(" \t\n\f\r"))
            ? new TransformFault($"'{Excerpt.Of(target)}' has white space")
            : Of(source, target, isImport: false);
    }

    /// <summary>Finds the reason why a server does not import a subject under another one; null if it does.</summary>
    /// <param name="source">The subject on the exporter's side.</param>
    /// <param name="target">The local subject, with its wildcards.</param>
    public TransformFault? OfImport(string source, string target) => Of(source, Numbered(target), isImport: true);

    /// <summary>Parses the tokens of a target as servers do. A reference to a wildcard that the source does not have is plain text.</summary>
    /// <param name="target">The target, with numbered wildcards.</param>
    /// <param name="wildcards">The number of wildcards in the source.</param>
    public IEnumerable<TargetToken> TokensOf(string target, int wildcards) => target.Split('.').Select(token => Read(token) switch
    {
        { Fault: not null } or { Kind: PlaceholderKind.None } => new TargetToken(token, Wildcard: null),
        { Kind: PlaceholderKind.Wildcard, Indexes: [var index] } =>
            index >= 1 && index <= wildcards ? new TargetToken("*", (int)index) : new TargetToken(token, Wildcard: null),
        { Kind: PlaceholderKind.Other } => new TargetToken(">", Wildcard: null) { IsComputed = true },
        _ => new TargetToken("*", Wildcard: null) { IsComputed = true },
    });

    /// <summary>Returns a subject with a numbered reference in place of each wildcard, which makes it a target that maps to itself.</summary>
    public static string Numbered(string subject)
    {
        int number = 0;
        return string.Join(
            '.', subject.Split('.').Select(token => token == "*" ? string.Create(CultureInfo.InvariantCulture, $"${++number}") : token));
    }

    /// <summary>Returns a target with a wildcard in place of each reference, which makes it a subject.</summary>
    public static string Unnumbered(string target) => string.Join('.', target.Split('.').Select(token =>
        (token.Length > 1 && token[0] == '$' && token[1] is >= '1' and <= '9')
            || (Wildcard().Match(token) is { Success: true } call && Arguments(call) is [{ Length: > 0 }])
            ? "*"
            : token));

    private TransformFault? Of(string source, string target, bool isImport)
    {
        string[] from = source.Split('.');
        string[] to = target.Split('.');
        if (!IsSubject(from) || !IsSubject(to))
        {
            return new TransformFault($"'{Excerpt.Of(IsSubject(from) ? target : source)}' is not a subject");
        }

        if (to.Contains("*"))
        {
            return new TransformFault($"'{Excerpt.Of(target)}' has a '*': $1 stands for the first wildcard of the source");
        }

        bool hasTail = from[^1] == ">";
        if (hasTail != (to[^1] == ">"))
        {
            return new TransformFault($"only one of '{Excerpt.Of(source)}' and '{Excerpt.Of(target)}' ends with '{Tail}'");
        }

        int wildcards = from.Count(token => token == "*");
        return wildcards > 0 || hasTail ? WithWildcards(source, target, to, wildcards, isImport)
            : isLoose ? to.Select(token => WithoutWildcards(source, token)).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private TransformFault? WithWildcards(string source, string target, string[] to, int wildcards, bool isImport)
    {
        int used = 0;
        foreach (string token in to)
        {
            Placeholder placeholder = Read(token);
            if (placeholder.Fault is { } fault)
            {
                return new TransformFault(fault);
            }

            if (placeholder.Kind == PlaceholderKind.None)
            {
                continue;
            }

            if (isLoose && isImport && placeholder.Kind != PlaceholderKind.Wildcard)
            {
                return new TransformFault($"'{Excerpt.Of(token)}' is a function, and imports do not support functions");
            }

            if (isLoose && !hasRandom && wildcards == 0)
            {
                return Beyond(token, source, wildcards);
            }

            used += isLoose ? placeholder.Indexes.Length : 1;
            if (placeholder.Indexes.Any(index => index > wildcards))
            {
                return Beyond(token, source, wildcards);
            }
        }

        return used < wildcards && (isImport || !isLoose)
            ? new TransformFault($"'{Excerpt.Of(target)}' does not use every wildcard of '{Excerpt.Of(source)}'")
            : null;
    }

    private TransformFault? WithoutWildcards(string source, string token) => Read(token) switch
    {
        { Fault: { } fault } => new TransformFault(fault),
        { Kind: PlaceholderKind.None } => null,
        { Kind: PlaceholderKind.Random or PlaceholderKind.Partition } when hasRandom => null,
        _ => Beyond(token, source, wildcards: 0),
    };

    private static TransformFault Beyond(string token, string source, int wildcards) =>
        new($"'{Excerpt.Of(token)}' refers to a wildcard that '{Excerpt.Of(source)}' does not have (it has {wildcards})") { IsReference = true };

    /// <summary>Parses a token of a target.</summary>
    private Placeholder Read(string token)
    {
        if (token.Length > 1 && token[0] == '$')
        {
            return Integer(token[1..]) is { } number ? new Placeholder(PlaceholderKind.Wildcard, [number]) : Placeholder.None;
        }

        if (!LooksLikeCall(token))
        {
            return Placeholder.None;
        }

        Placeholder Bad(string why) => new(PlaceholderKind.None, []) { Fault = $"'{Excerpt.Of(token)}' {why}" };

        if (Wildcard().Match(token) is { Success: true } wildcard)
        {
            string[] arguments = Arguments(wildcard);
            return arguments is [var only] && Integer(only) is { } number
                ? new Placeholder(PlaceholderKind.Wildcard, [number])
                : Bad("takes the number of one wildcard");
        }

        if (Partition().Match(token) is { Success: true } partition)
        {
            long?[] arguments = [.. Arguments(partition).Select(Integer)];
            return arguments.Contains(null) || (arguments.Length < 2 && !hasRandom) || (isNarrow && arguments[0] > int.MaxValue)
                ? Bad("takes the number of partitions and the numbers of wildcards")
                : new Placeholder(PlaceholderKind.Partition, [.. arguments.Skip(1).Select(number => number!.Value)]);
        }

        if (Slices().Match(token) is { Success: true } slice)
        {
            long?[] arguments = [.. Arguments(slice).Select(Integer)];
            return arguments is [{ } index, { } size] && (!isNarrow || size is >= int.MinValue and <= int.MaxValue)
                ? new Placeholder(PlaceholderKind.Other, [index])
                : Bad("takes the number of a wildcard and another number");
        }

        if (Split().Match(token) is { Success: true } split)
        {
            return Arguments(split) is [var first, var separator] && Integer(first) is { } index && !separator.Contains(' ', StringComparison.Ordinal)
                ? new Placeholder(PlaceholderKind.Other, [index])
                : Bad("takes the number of a wildcard and a separator");
        }

        if (hasRandom && Random().Match(token) is { Success: true } random)
        {
            return Arguments(random) is [var only] && Integer(only) is <= int.MaxValue
                ? new Placeholder(PlaceholderKind.Random, [])
                : Bad("takes one number");
        }

        return Bad("is not a mapping function");
    }

    private static bool LooksLikeCall(string token) =>
        token.Length > 4 && token.StartsWith("{{", StringComparison.Ordinal) && token.EndsWith("}}", StringComparison.Ordinal);

    private static string[] Arguments(Match call) => Separator().Split(call.Groups[1].Value);

    private static long? Integer(string text) =>
        long.TryParse(text.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static bool IsSubject(string[] tokens) =>
        tokens.All(token => token.Length > 0) && Array.IndexOf(tokens, ">") is var tail && (tail < 0 || tail == tokens.Length - 1);

    private const string Functions = @"(?:[pP]artition|[wW]ildcard|[sS]plit[fF]rom(?:[lL]eft|[rR]ight)|[sS]lice[fF]rom(?:[lL]eft|[rR]ight)|[sS]plit)";

    [GeneratedRegex(@"{{\s*" + Functions + @"\s*\((.*)\)\s*}}", RegexOptions.CultureInvariant)]
    private static partial Regex KnownFunction();

    [GeneratedRegex(@"{{\s*[wW]ildcard\s*\((.*)\)\s*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Wildcard();

    [GeneratedRegex(@"{{\s*[pP]artition\s*\((.*)\)\s*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Partition();

    [GeneratedRegex(@"{{\s*(?:[sS](?:plit|lice)[fF]rom(?:[lL]eft|[rR]ight)|[lL]eft|[rR]ight)\s*\((.*)\)\s*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Slices();

    [GeneratedRegex(@"{{\s*[sS]plit\s*\((.*)\)\s*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Split();

    [GeneratedRegex(@"{{\s*[rR]andom\s*\((.*)\)\s*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Random();

    [GeneratedRegex(@",\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    private enum PlaceholderKind
    {
        None,
        Wildcard,
        Partition,
        Random,
        Other,
    }

    /// <param name="Kind">The kind of the placeholder.</param>
    /// <param name="Indexes">The wildcards that it refers to.</param>
    private sealed record Placeholder(PlaceholderKind Kind, long[] Indexes)
    {
        public static Placeholder None { get; } = new(PlaceholderKind.None, []);

        public string? Fault { get; init; }
    }
}

/// <summary>The reason why servers cannot transform one subject into another.</summary>
/// <param name="Reason">The reason, as a part of a sentence.</param>
internal sealed record TransformFault(string Reason)
{
    /// <summary>Whether the reason is a reference to a wildcard that does not exist.</summary>
    public bool IsReference { get; init; }
}

/// <summary>A token of a transformation's target.</summary>
/// <param name="Text">The result: the token itself, <c>*</c> for any one token, <c>&gt;</c> for one or more.</param>
/// <param name="Wildcard">The number of the wildcard whose token it becomes; null for none.</param>
internal readonly record struct TargetToken(string Text, int? Wildcard)
{
    /// <summary>Whether a function computes it, so that the result is unknown.</summary>
    public bool IsComputed { get; init; }
}

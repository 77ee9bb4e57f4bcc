namespace NatsKeys.Rules;

/// <summary>
/// A subject in which <c>*</c> stands for one token and <c>&gt;</c>, at the end, for one or more: the set of literal subjects that it matches. This
/// set is never empty, and the intersection of two patterns is a pattern or empty.
/// </summary>
internal sealed class SubjectPattern
{
    private const string AnyToken = "*";
    private const string Rest = ">";
    private readonly string[] tokens;

    private SubjectPattern(string[] tokens)
    {
        this.tokens = tokens;
        Text = string.Join('.', tokens);
    }

    /// <summary>The pattern of all subjects.</summary>
    public static SubjectPattern Everything { get; } = new([Rest]);

    /// <summary>The pattern as a subject with wildcards.</summary>
    public string Text { get; }

    /// <summary>The tokens.</summary>
    public ReadOnlySpan<string> Tokens => tokens;

    /// <summary>Whether it ends with <c>&gt;</c>.</summary>
    public bool HasTail => tokens[^1] == Rest;

    /// <summary>Whether it has no wildcards, so that it matches only itself.</summary>
    public bool IsLiteral => !tokens.Any(token => token is AnyToken or Rest);

    /// <summary>Reads a subject; null if it is not valid.</summary>
    /// <param name="subject">The subject.</param>
    public static SubjectPattern? TryParse(string subject) => Subjects.IsWellFormed(subject) ? new SubjectPattern(subject.Split('.')) : null;

    /// <summary>Creates a pattern from valid tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    public static SubjectPattern Of(params string[] tokens) => new(tokens);

    /// <summary>Returns the pattern with another token before it.</summary>
    /// <param name="token">The token; it may be <c>*</c>.</param>
    public SubjectPattern Below(string token) => new([token, .. tokens]);

    /// <summary>Whether it matches every subject that another pattern matches.</summary>
    /// <param name="other">The other pattern.</param>
    public bool Covers(SubjectPattern other) => Subjects.Covers(tokens, other.tokens);

    /// <summary>Returns the intersection with another pattern; null if it is empty.</summary>
    /// <param name="other">The other pattern.</param>
    public SubjectPattern? Intersect(SubjectPattern other)
    {
        (string[] left, string[] right) = (tokens, other.tokens);
        var common = new List<string>(Math.Max(left.Length, right.Length));
        for (int index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            if (left[index] == Rest)
            {
                return new SubjectPattern([.. common, .. right[index..]]);
            }

            if (right[index] == Rest)
            {
                return new SubjectPattern([.. common, .. left[index..]]);
            }

            if (left[index] != AnyToken && right[index] != AnyToken && left[index] != right[index])
            {
                return null;
            }

            common.Add(left[index] == AnyToken ? right[index] : left[index]);
        }

        return left.Length == right.Length ? new SubjectPattern([.. common]) : null;
    }

    /// <summary>Returns the pattern as a subject.</summary>
    public override string ToString() => Text;
}

namespace NatsKeys.Rules;

/// <summary>
/// A set of literal subjects: a union of parts. Each part has the subjects that one pattern matches, except those that others match, like allowed and
/// denied permissions.
/// </summary>
/// <remarks>
/// The complement of a pattern <c>t1.t2…tn</c> consists, by the position of the first difference, of all subjects with fewer tokens, those with more
/// (unless the pattern ends with <c>&gt;</c>), and for each literal <c>ti</c> those with another token there. "Another token" is not a pattern, so
/// the complement of a pattern with literals is never a finite union of patterns alone. A part <c>P \ (E1 ∪ … ∪ En)</c> therefore keeps the excluded
/// patterns. With that, all operations are exact:
/// <list type="bullet">
/// <item>(P \ E) ∩ (Q \ F) = (P ∩ Q) \ (E ∪ F), and P ∩ Q is a pattern or nothing.</item>
/// <item>(P \ E) \ (Q \ F) = P \ (E ∪ Q), and, for each Fi, (P ∩ Q ∩ Fi) \ E.</item>
/// <item>P \ E is empty if there is no subject that P matches and no Ei matches (<see cref="SubjectWitness"/>).</item>
/// <item>A ⊆ B if A \ B is empty.</item>
/// </list>
/// </remarks>
internal sealed class SubjectSet
{
    private readonly Part[] parts;

    private SubjectSet(IEnumerable<Part?> parts) => this.parts = [.. parts.OfType<Part>().DistinctBy(part => part.Text)];

    /// <summary>The empty set.</summary>
    public static SubjectSet Nothing { get; } = new([]);

    /// <summary>The set of all subjects.</summary>
    public static SubjectSet Everything { get; } = Of(SubjectPattern.Everything);

    /// <summary>Whether the set is empty.</summary>
    public bool IsEmpty => !parts.Any(part => part.Find() is not null);

    /// <summary>Its patterns, each with the patterns that are excluded from it.</summary>
    public IEnumerable<(SubjectPattern Include, IReadOnlyList<SubjectPattern> Exclude)> Parts => parts.Select(part => (part.Include, part.Exclude));

    /// <summary>Creates the set of the subjects that a pattern matches.</summary>
    /// <param name="pattern">The pattern.</param>
    public static SubjectSet Of(SubjectPattern pattern) => new([Part.Of(pattern, [])]);

    /// <summary>Creates the set of the subjects that at least one of several patterns matches. Invalid patterns are ignored.</summary>
    /// <param name="subjects">The patterns.</param>
    public static SubjectSet Of(IEnumerable<string> subjects) =>
        new(subjects.Select(SubjectPattern.TryParse).OfType<SubjectPattern>().Select(pattern => Part.Of(pattern, [])));

    /// <summary>Returns the union of sets.</summary>
    /// <param name="sets">The sets.</param>
    public static SubjectSet Union(IEnumerable<SubjectSet> sets) => new(sets.SelectMany(set => set.parts));

    /// <summary>Creates the set of the subjects that a pattern matches and others do not.</summary>
    /// <param name="include">The pattern.</param>
    /// <param name="exclude">The excluded patterns.</param>
    public static SubjectSet Of(SubjectPattern include, IEnumerable<SubjectPattern> exclude) => new([Part.Of(include, exclude)]);

    /// <summary>Returns the union with another set.</summary>
    /// <param name="other">The other set.</param>
    public SubjectSet Union(SubjectSet other) => Union([this, other]);

    /// <summary>Returns the intersection with another set.</summary>
    /// <param name="other">The other set.</param>
    public SubjectSet Intersect(SubjectSet other) => new(
        from part in parts
        from with in other.parts
        let common = part.Include.Intersect(with.Include)
        where common is not null
        select Part.Of(common, part.Exclude.Concat(with.Exclude)));

    /// <summary>Returns the set without the subjects of another set.</summary>
    /// <param name="other">The other set.</param>
    public SubjectSet Subtract(SubjectSet other) =>
        other.parts.Aggregate(this, (left, part) => new(left.parts.SelectMany(from => from.Without(part))));

    /// <summary>Returns the same subjects with another token before them.</summary>
    /// <param name="token">The token; it may be <c>*</c>.</param>
    public SubjectSet Below(string token) => new(
        parts.Select(part => Part.Of(part.Include.Below(token), part.Exclude.Select(pattern => pattern.Below(token)))));

    /// <summary>Whether a literal subject is in the set.</summary>
    /// <param name="subject">The subject.</param>
    public bool Contains(string subject) => SubjectPattern.TryParse(subject) is { } literal && Contains(Of(literal));

    /// <summary>Whether the set contains every subject of another set.</summary>
    /// <param name="other">The other set.</param>
    public bool Contains(SubjectSet other) => other.Subtract(this).IsEmpty;

    /// <summary>Whether the set has a subject in common with another set.</summary>
    /// <param name="other">The other set.</param>
    public bool Overlaps(SubjectSet other) => !Intersect(other).IsEmpty;

    /// <summary>Returns a subject of the set; null if it is empty.</summary>
    public string? Sample() => parts.Select(part => part.Find()).FirstOrDefault(found => found is not null);

    /// <summary>Returns the same set without empty parts, and without parts that another part covers.</summary>
    public SubjectSet Simplify()
    {
        var kept = new List<Part>();
        foreach (Part part in parts.Where(part => part.Find() is not null).OrderBy(part => part.Exclude.Count))
        {
            if (!kept.Exists(other => other.Covers(part)))
            {
                kept.RemoveAll(part.Covers);
                kept.Add(part);
            }
        }

        return new SubjectSet(kept.OrderBy(part => part.Text, StringComparer.Ordinal));
    }

    /// <summary>Returns its parts as readable text: <c>orders.&gt; except orders.secret</c>.</summary>
    public string[] ToTexts() => [.. Simplify().parts.Select(part => part.Text)];

    /// <summary>Returns its parts in one line.</summary>
    public override string ToString() => parts.Length == 0 ? "nothing" : string.Join("; ", ToTexts());

    /// <summary>The subjects that a pattern matches and others do not. Each of the others matches a proper part of the pattern.</summary>
    private sealed class Part
    {
        private Part(SubjectPattern include, IReadOnlyList<SubjectPattern> exclude)
        {
            (Include, Exclude) = (include, exclude);
            Text = exclude.Count == 0 ? include.Text : $"{include.Text} except {string.Join(", ", exclude.Select(pattern => pattern.Text))}";
        }

        public SubjectPattern Include { get; }

        public IReadOnlyList<SubjectPattern> Exclude { get; }

        public string Text { get; }

        /// <summary>Creates a part; null if one of the excluded patterns matches all of the pattern.</summary>
        public static Part? Of(SubjectPattern include, IEnumerable<SubjectPattern> exclude)
        {
            List<SubjectPattern>? kept = null;
            foreach (SubjectPattern pattern in exclude)
            {
                if (include.Intersect(pattern) is not { } inside || kept?.Exists(other => other.Covers(inside)) == true)
                {
                    continue;
                }

                if (inside.Covers(include))
                {
                    return null;
                }

                kept ??= [];
                kept.RemoveAll(inside.Covers);
                kept.Add(inside);
            }

            return new Part(include, kept is null ? [] : [.. kept.OrderBy(pattern => pattern.Text, StringComparer.Ordinal)]);
        }

        public string? Find() => Exclude.Count == 0 && Include.IsLiteral ? Include.Text : new SubjectWitness(Include, Exclude).Find();

        /// <summary>Returns what remains of this part without another one.</summary>
        public IEnumerable<Part?> Without(Part other)
        {
            if (Include.Intersect(other.Include) is not { } common)
            {
                return [this];
            }

            return other.Exclude
                .Select(pattern => common.Intersect(pattern))
                .OfType<SubjectPattern>()
                .Select(left => Of(left, Exclude))
                .Prepend(Of(Include, Exclude.Append(other.Include)));
        }

        /// <summary>Whether this part alone covers another part. A part that only several parts together cover is not detected.</summary>
        public bool Covers(Part other) =>
            Include.Covers(other.Include)
            && Exclude.All(pattern => other.Include.Intersect(pattern) is not { } inside || other.Exclude.Any(taken => taken.Covers(inside)));
    }
}

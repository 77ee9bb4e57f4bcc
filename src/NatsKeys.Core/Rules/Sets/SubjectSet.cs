namespace NatsKeys.Rules;

/// <summary>
/// A set of literal subjects: a union of parts, each of which is what one pattern matches and some others do not, as permissions allow and deny.
/// </summary>
/// <remarks>
/// The complement of a pattern <c>t1.t2…tn</c> is, by the position of the first token that differs, what has fewer tokens, what has more (unless the
/// pattern ends with <c>&gt;</c>), and for each literal <c>ti</c> whatever has another token there. "Another token" is no pattern, so the complement
/// of a pattern is a finite union of patterns without literals, and never a union of patterns alone. A part <c>P \ (E1 ∪ … ∪ En)</c> keeps what is
/// taken away instead. With that all operations are exact:
/// <list type="bullet">
/// <item>(P \ E) ∩ (Q \ F) = (P ∩ Q) \ (E ∪ F), and P ∩ Q is a pattern or nothing.</item>
/// <item>(P \ E) \ (Q \ F) = P \ (E ∪ Q), and, for each Fi, (P ∩ Q ∩ Fi) \ E.</item>
/// <item>P \ E is empty where no subject is found that P matches and no Ei (<see cref="SubjectWitness"/>).</item>
/// <item>A ⊆ B where A \ B is empty.</item>
/// </list>
/// </remarks>
internal sealed class SubjectSet
{
    private readonly Part[] parts;

    private SubjectSet(IEnumerable<Part?> parts) => this.parts = [.. parts.OfType<Part>().DistinctBy(part => part.Text)];

    /// <summary>No subject.</summary>
    public static SubjectSet Nothing { get; } = new([]);

    /// <summary>All subjects.</summary>
    public static SubjectSet Everything { get; } = Of(SubjectPattern.Everything);

    /// <summary>Whether there is no subject in it.</summary>
    public bool IsEmpty => !parts.Any(part => part.Find() is not null);

    /// <summary>Its patterns, with what is taken away from each.</summary>
    public IEnumerable<(SubjectPattern Include, IReadOnlyList<SubjectPattern> Exclude)> Parts => parts.Select(part => (part.Include, part.Exclude));

    /// <summary>The subjects that a pattern matches.</summary>
    /// <param name="pattern">The pattern.</param>
    public static SubjectSet Of(SubjectPattern pattern) => new([Part.Of(pattern, [])]);

    /// <summary>The subjects that any of some patterns matches. What is no subject counts for nothing.</summary>
    /// <param name="subjects">The patterns.</param>
    public static SubjectSet Of(IEnumerable<string> subjects) =>
        new(subjects.Select(SubjectPattern.TryParse).OfType<SubjectPattern>().Select(pattern => Part.Of(pattern, [])));

    /// <summary>The subjects that are in any of some sets.</summary>
    /// <param name="sets">The sets.</param>
    public static SubjectSet Union(IEnumerable<SubjectSet> sets) => new(sets.SelectMany(set => set.parts));

    /// <summary>What a pattern matches and some others do not.</summary>
    /// <param name="include">The pattern.</param>
    /// <param name="exclude">The others.</param>
    public static SubjectSet Of(SubjectPattern include, IEnumerable<SubjectPattern> exclude) => new([Part.Of(include, exclude)]);

    /// <summary>What is in one of two sets.</summary>
    /// <param name="other">The other set.</param>
    public SubjectSet Union(SubjectSet other) => Union([this, other]);

    /// <summary>What is in both.</summary>
    /// <param name="other">The other set.</param>
    public SubjectSet Intersect(SubjectSet other) => new(
        from part in parts
        from with in other.parts
        let common = part.Include.Intersect(with.Include)
        where common is not null
        select Part.Of(common, part.Exclude.Concat(with.Exclude)));

    /// <summary>What is in this set and not in the other.</summary>
    /// <param name="other">The other set.</param>
    public SubjectSet Subtract(SubjectSet other) =>
        other.parts.Aggregate(this, (left, part) => new(left.parts.SelectMany(from => from.Without(part))));

    /// <summary>The same subjects behind one more token.</summary>
    /// <param name="token">The token; it may be <c>*</c>.</param>
    public SubjectSet Below(string token) => new(
        parts.Select(part => Part.Of(part.Include.Below(token), part.Exclude.Select(pattern => pattern.Below(token)))));

    /// <summary>Whether a subject without wildcards is in it.</summary>
    /// <param name="subject">The subject.</param>
    public bool Contains(string subject) => SubjectPattern.TryParse(subject) is { } literal && Contains(Of(literal));

    /// <summary>Whether whatever is in another set is in this one.</summary>
    /// <param name="other">The other set.</param>
    public bool Contains(SubjectSet other) => other.Subtract(this).IsEmpty;

    /// <summary>Whether some subject is in both.</summary>
    /// <param name="other">The other set.</param>
    public bool Overlaps(SubjectSet other) => !Intersect(other).IsEmpty;

    /// <summary>A subject that is in it; null where it is empty.</summary>
    public string? Sample() => parts.Select(part => part.Find()).FirstOrDefault(found => found is not null);

    /// <summary>The same subjects, without parts that are empty or that another part has.</summary>
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

    /// <summary>Its parts, for people: <c>orders.&gt; except orders.secret</c>.</summary>
    public string[] ToTexts() => [.. Simplify().parts.Select(part => part.Text)];

    /// <summary>Its parts in one line.</summary>
    public override string ToString() => parts.Length == 0 ? "nothing" : string.Join("; ", ToTexts());

    /// <summary>What a pattern matches and others do not. Each of the others matches a part of it, and none of them all of it.</summary>
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

        /// <summary>Makes a part; null where one of the others matches all of the pattern.</summary>
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

        /// <summary>What is left without another part.</summary>
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

        /// <summary>Whether it has, for itself alone, whatever another part has. One that it has with others together is not found.</summary>
        public bool Covers(Part other) =>
            Include.Covers(other.Include)
            && Exclude.All(pattern => other.Include.Intersect(pattern) is not { } inside || other.Exclude.Any(taken => taken.Covers(inside)));
    }
}

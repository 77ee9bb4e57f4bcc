namespace NatsKeys.Rules;

/// <summary>The permissions that a client needs for some work, and what they do not restrict.</summary>
public sealed class NatsPermission
{
    internal NatsPermission(string recipe, IEnumerable<string> publish, IEnumerable<string> subscribe, IEnumerable<string> notes)
    {
        Recipe = recipe;
        AllowPublish = new PrintableList<string>(publish);
        AllowSubscribe = new PrintableList<string>(subscribe);
        Notes = new PrintableList<string>(notes);
    }

    /// <summary>What the client does.</summary>
    public string Recipe { get; }

    /// <summary>The subjects to publish on.</summary>
    public IReadOnlyList<string> AllowPublish { get; }

    /// <summary>The subjects to subscribe to.</summary>
    public IReadOnlyList<string> AllowSubscribe { get; }

    /// <summary>How many answers to each request may be published; null for none.</summary>
    public int? AllowResponse { get; internal init; }

    /// <summary>What permissions cannot restrict, or what else there is to know.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What the client does.</summary>
    public override string ToString() => TextSanitizer.Clean(Recipe);
}

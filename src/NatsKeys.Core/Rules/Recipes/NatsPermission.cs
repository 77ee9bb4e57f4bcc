namespace NatsKeys.Rules;

/// <summary>Represents the permissions that a client needs for a task, and what they cannot restrict.</summary>
public sealed class NatsPermission
{
    internal NatsPermission(string recipe, IEnumerable<string> publish, IEnumerable<string> subscribe, IEnumerable<string> notes)
    {
        Recipe = recipe;
        AllowPublish = new PrintableList<string>(publish);
        AllowSubscribe = new PrintableList<string>(subscribe);
        Notes = new PrintableList<string>(notes);
    }

    /// <summary>The task of the client.</summary>
    public string Recipe { get; }

    /// <summary>The subjects to which it must be allowed to publish.</summary>
    public IReadOnlyList<string> AllowPublish { get; }

    /// <summary>The subjects to which it must be allowed to subscribe.</summary>
    public IReadOnlyList<string> AllowSubscribe { get; }

    /// <summary>How many responses it may publish to each request; null for none.</summary>
    public int? AllowResponse { get; internal init; }

    /// <summary>What permissions cannot restrict, and other notes.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Returns the task of the client.</summary>
    public override string ToString() => TextSanitizer.Clean(Recipe);
}

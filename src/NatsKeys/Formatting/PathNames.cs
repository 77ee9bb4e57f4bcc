using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>The places of entities in a message.</summary>
internal static class PathNames
{
    /// <summary>The first of some places, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<EntityPath> paths) =>
        string.Join(", ", paths.Take(ViewText.Most)) + (paths.Count > ViewText.Most ? $" and {paths.Count - ViewText.Most} more" : "");
}

using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>Lists entities in messages.</summary>
internal static class PathNames
{
    /// <summary>Lists the first entities, and the number of further ones.</summary>
    public static string Of(IReadOnlyCollection<EntityPath> paths) =>
        string.Join(", ", paths.Take(ViewText.Most)) + (paths.Count > ViewText.Most ? $" and {paths.Count - ViewText.Most} more" : "");
}

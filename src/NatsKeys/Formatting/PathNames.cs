using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>Lists entities in messages.</summary>
internal static class PathNames
{
    /// <summary>Lists the first entities, and the number of further ones.</summary>
    public static string Of(IReadOnlyCollection<EntityPath> paths) =>
        ShortList.Of(paths.Take(ViewFormatter.Most).Select(path => path.ToString()), paths.Count - ViewFormatter.Most);
}
